"""The room of the agreements."""

from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    """Home service of more than a month, by agreement."""

    name = "menling.agreements"
    label = "agreements"
