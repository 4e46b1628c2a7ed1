"""The addresses of prices and of the money that moves."""

from django.urls import path

from menling.web.views import prices

urlpatterns = [
    path("prices/propose", prices.propose, name="price_propose"),
    path("prices/file", prices.file, name="price_file"),
    path("prices/<str:number>", prices.one, name="price_proposal"),
]
