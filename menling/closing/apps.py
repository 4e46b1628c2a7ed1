"""The room of the closing sheets."""

from django.apps import AppConfig


class ClosingConfig(AppConfig):
    """Rows of the closing sheets."""

    name = "menling.closing"
    label = "closing"
