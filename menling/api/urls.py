"""The API's addresses."""

from functools import wraps

from django.db import DataError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import URLPattern, path, re_path
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


@api.exception_handler(DataError)
def _unspeakable(request: HttpRequest, error: DataError) -> HttpResponse:
    """Answer a question that holds what no column can, such as a NUL, as bad input."""
    return problems.malformed([{"path": "query", "message": "cannot be looked for", "type": "value_error"}])


def _in_words(pattern: URLPattern) -> URLPattern:
    """Return an address of the API that says as a problem which methods it takes."""
    view = pattern.callback

    @wraps(view)
    def answering(request: HttpRequest, **parts: object) -> HttpResponse:
        answer: HttpResponse = view(request, **parts)
        return problems.not_allowed(answer) if isinstance(answer, HttpResponseNotAllowed) else answer

    return URLPattern(pattern.pattern, answering, pattern.default_args, pattern.name)


_patterns, _app, _namespace = api.urls
_addresses = [_in_words(each) for each in _patterns if isinstance(each, URLPattern)]
# the page about the API that the first address would show is none of ours; the description only needs its name
urlpatterns = [re_path("^$|\x00", nothing_here), path("", (_addresses, _app, _namespace)), re_path("", nothing_here)]
