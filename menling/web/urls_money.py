"""The addresses of prices and of the money that moves."""

from django.urls import path

from menling.web.views import prices, statements

urlpatterns = [
    path("prices/propose", prices.propose, name="price_propose"),
    path("prices/file", prices.file, name="price_file"),
    path("finance/statements", statements.start, name="statements"),
    path("finance/statements/bring", statements.bring, name="statement_bring"),
    path("finance/statements/match", statements.match, name="statement_match"),
    path("prices/<str:number>", prices.one, name="price_proposal"),
]
