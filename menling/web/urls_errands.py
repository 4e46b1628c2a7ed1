"""The addresses of errands and numbered paper."""

from django.urls import path

from menling.web.views import errands, pads

urlpatterns = [
    path("errands", errands.listing, name="errands"),
    path("errands/file", errands.file, name="errand_file"),
    path("errands/register.<slug:form>", errands.register, name="errand_register"),
    path("errands/<str:number>", errands.one, name="errand"),
    path("pads", pads.listing, name="pads"),
    path("pads/issue", pads.issue, name="pad_issue"),
    path("pads/<str:number>", pads.one, name="pad"),
]
