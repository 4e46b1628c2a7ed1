"""The orders room."""

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    """Repairs and what belongs to them."""

    name = "menling.orders"
    label = "orders"
