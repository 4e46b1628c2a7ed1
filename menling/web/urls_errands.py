"""The addresses of errands, numbered paper and the emergency pack."""

from django.urls import path

from menling.web.views import emergency_pack, errands, pads, paper_signed

urlpatterns = [
    path("errands", errands.listing, name="errands"),
    path("errands/file", errands.file, name="errand_file"),
    path("errands/register.<slug:form>", errands.register, name="errand_register"),
    path("errands/<str:number>", errands.one, name="errand"),
    path("signed-on-paper/<str:number>", paper_signed.signed, name="paper_signed"),
    path("emergency-pack", emergency_pack.show, name="emergency_pack"),
    path("emergency-pack/print", emergency_pack.printed, name="emergency_pack_print"),
    path("emergency-pack/items", emergency_pack.items, name="emergency_items"),
    path("emergency-pack/sheet", emergency_pack.entered, name="emergency_sheet"),
    path("pads", pads.listing, name="pads"),
    path("pads/issue", pads.issue, name="pad_issue"),
    path("pads/<str:number>", pads.one, name="pad"),
]
