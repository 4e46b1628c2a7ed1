"""The addresses of company head, quality, the day of a crew, the roster's lists and the pasted message."""

from django.urls import path

from menling.web.views import company

urlpatterns = [
    path("company", company.start, name="company"),
    path("company/<str:code>/<slug:name>", company.cases, name="company_cases"),
]
