"""The addresses of commission."""

from django.urls import path

from menling.web.views import commission

urlpatterns = [
    path("commission", commission.everybody, name="commission"),
    path("commission/all.<slug:form>", commission.everybody_file, name="commission_file"),
    path("commission/mine", commission.own, name="commission_own"),
    path("commission/approve", commission.approve, name="commission_approve"),
    path("commission/ask", commission.ask, name="commission_ask"),
    path("commission/of/<str:number>", commission.one, name="commission_of"),
    path("commission/of/<str:number>/sheet.<slug:form>", commission.one_file, name="commission_of_file"),
]
