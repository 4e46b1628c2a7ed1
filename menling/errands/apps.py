"""The room of the errands."""

from django.apps import AppConfig


class ErrandsConfig(AppConfig):
    """What is bought on behalf of residents."""

    name = "menling.errands"
    label = "errands"
