"""The room of commission."""

from django.apps import AppConfig


class CommissionConfig(AppConfig):
    """Questions about lines of a commission sheet."""

    name = "menling.commission"
    label = "commission"
