"""The addresses of agreements."""

from django.urls import path

from menling.web.views import agreements

urlpatterns = [
    path("agreements", agreements.listing, name="agreements"),
    path("agreements/draft", agreements.draft, name="agreement_draft"),
    path("agreements/<str:number>", agreements.one, name="agreement"),
    path("agreements/<str:number>/change", agreements.change, name="agreement_change"),
    path("agreements/<str:number>/assign", agreements.assign, name="agreement_assign"),
    path("agreements/<str:number>/signed-on-paper", agreements.signed_on_paper, name="agreement_paper_signed"),
    path("agreements/<str:number>/agreement.pdf", agreements.paper, name="agreement_paper"),
]
