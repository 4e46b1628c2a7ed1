"""The money room."""

from django.apps import AppConfig


class MoneyConfig(AppConfig):
    """Every yuan is in one place."""

    name = "menling.money"
    label = "money"
