"""The API's addresses."""

from django.urls import path

from menling.api.cases import COLLECTIONS, collection
from menling.api.door import api
from menling.api.extras import router
from menling.api.login import router as login
from menling.api.mine import router as mine

for _router in (router, login, mine):
    api.add_router("", _router)
for _name, _kinds in COLLECTIONS.items():
    api.add_router(f"/{_name}", collection(_name, _kinds))

urlpatterns = [path("", api.urls)]
