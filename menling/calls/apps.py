"""The room of the call department."""

from django.apps import AppConfig


class CallsConfig(AppConfig):
    """What the call department placed, and what was told back."""

    name = "menling.calls"
    label = "calls"
