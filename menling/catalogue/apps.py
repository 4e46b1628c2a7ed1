"""The catalogue room."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """Price lists."""

    name = "menling.catalogue"
    label = "catalogue"
