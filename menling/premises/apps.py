"""The premises room."""

from django.apps import AppConfig


class PremisesConfig(AppConfig):
    """Company, offices, units, residents and staff."""

    name = "menling.premises"
    label = "premises"
