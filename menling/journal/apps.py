"""The journal room."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """Cases, commands, events, deadlines, attachments, counters and the outbox."""

    name = "menling.journal"
    label = "journal"
