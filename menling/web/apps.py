"""The room of the back office."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Templates and tags of the back office; it keeps no rows of its own."""

    name = "menling.web"
