"""The room of the numbered paper."""

from django.apps import AppConfig


class PadsConfig(AppConfig):
    """Pads given out by number, and what became of every sheet."""

    name = "menling.pads"
    label = "pads"
