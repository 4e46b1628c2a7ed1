"""The doorstep room."""

from django.apps import AppConfig


class DoorstepConfig(AppConfig):
    """The template of the app's shell; it keeps no rows of its own."""

    name = "menling.doorstep"
