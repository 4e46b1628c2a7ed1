"""Every door's addresses, one line a door."""

from django.urls import include, path

urlpatterns = [
    path("api/v1/", include("menling.api.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
]
