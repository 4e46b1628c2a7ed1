"""The policies room."""

from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    """Values in force, by office and day."""

    name = "menling.policies"
    label = "policies"
