"""The imports room."""

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    """Lists in and out."""

    name = "menling.imports"
    label = "imports"
