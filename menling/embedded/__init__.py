"""The PostgreSQL that Menling brings along: found or started on a socket of its own, stopped by its last user."""

from menling.embedded.places import EmbeddedError, Place
from menling.embedded.server import Server, ensure

__all__ = ["EmbeddedError", "Place", "Server", "ensure"]
