"""The room of messages as Django knows it."""

from django.apps import AppConfig


class MailConfig(AppConfig):
    """Channels, people's choices, and deliveries."""

    name = "menling.mail"
