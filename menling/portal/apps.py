"""The room of the residents' pages."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Templates and style of the resident's page; it keeps no rows of its own."""

    name = "menling.portal"
