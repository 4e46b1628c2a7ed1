"""The API's addresses."""

from django.urls import path

from menling.api.cases import COLLECTIONS, collection
from menling.api.door import api
from menling.api.extras import router

api.add_router("", router)
for _name, _kinds in COLLECTIONS.items():
    api.add_router(f"/{_name}", collection(_name, _kinds))

urlpatterns = [path("", api.urls)]
