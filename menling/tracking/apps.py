"""The room of the coordination orders."""

from django.apps import AppConfig


class TrackingConfig(AppConfig):
    """Rows of the coordination orders."""

    name = "menling.tracking"
    label = "tracking"
