"""The addresses of the call department, the shift hand-over and what a resident said."""

from django.urls import path

from menling.web.views import calls, leads, shifts

urlpatterns = [
    path("calls", calls.listing, name="calls"),
    path("calls/place", calls.place, name="call_place"),
    path("calls/<str:number>", calls.one, name="call"),
    path("shifts", shifts.listing, name="shifts"),
    path("shifts/prepare", shifts.prepare, name="shift_prepare"),
    path("tell", leads.tell, name="tell"),
]
