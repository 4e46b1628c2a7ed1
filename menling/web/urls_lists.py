"""The addresses of lists in and out."""

from django.urls import path

from menling.web.views import exports, imports

urlpatterns = [
    path("imports", imports.start, name="imports"),
    path("imports/<slug:kind>/template.xlsx", imports.empty, name="import_template"),
    path("imports/<slug:kind>/look", imports.look, name="import_look"),
    path("imports/<int:key>/keep", imports.keep, name="import_keep"),
    path("exports/<slug:name>.xlsx", exports.workbook, name="export"),
]
