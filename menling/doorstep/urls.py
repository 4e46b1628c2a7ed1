"""The app's addresses: a shell and a manifest; its screens are behind the hash."""

from django.urls import path

from menling.doorstep import views

app_name = "doorstep"
urlpatterns = [
    path("doorstep/", views.shell, name="shell"),
    path("doorstep/enter", views.enter, name="enter"),
    path("doorstep/leave", views.leave, name="leave"),
    path("doorstep/manifest.webmanifest", views.manifest, name="manifest"),
]
