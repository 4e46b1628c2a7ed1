"""The addresses of company head, quality, the day of a crew, the roster's lists and the pasted message."""

from django.urls import path

from menling.web.views import company, paste

urlpatterns = [
    path("company", company.start, name="company"),
    path("company/<str:code>/<slug:name>", company.cases, name="company_cases"),
    path("paste", paste.show, name="paste"),
    path("paste/file", paste.file, name="paste_file"),
    path("paste/<str:number>/join", paste.join, name="paste_join"),
]
