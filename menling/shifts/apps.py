"""The room of the shifts."""

from django.apps import AppConfig


class ShiftsConfig(AppConfig):
    """What goes from one shift to the next."""

    name = "menling.shifts"
    label = "shifts"
