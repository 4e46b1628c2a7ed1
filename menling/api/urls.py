"""The API's addresses."""

from django.http import HttpRequest, HttpResponse
from django.urls import path, re_path
from django.views.decorators.csrf import csrf_exempt

from menling.api import problems
from menling.api.cases import COLLECTIONS, collection
from menling.api.door import api
from menling.api.extras import router
from menling.api.login import router as login
from menling.api.mine import router as mine
from menling.api.people import router as people
from menling.api.shifts import router as shifts

for _router in (router, login, mine, people, shifts):
    api.add_router("", _router)
for _name, _kinds in COLLECTIONS.items():
    api.add_router(f"/{_name}", collection(_name, _kinds))


@csrf_exempt
def nothing_here(request: HttpRequest) -> HttpResponse:
    """Answer an address the API does not have as it answers a case that is not there."""
    return problems.problem(404, problems.NOT_THERE)


urlpatterns = [path("", api.urls), re_path("", nothing_here)]
