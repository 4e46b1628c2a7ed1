"""The work on an alarm under the names of the glossary: activation, relocation, repair."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

NAMES = {"open": "activation", "move": "relocation"}


def renamed(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Write the new name of what an order wants done to an alarm."""
    orders = apps.get_model("orders", "Order").objects
    for before, now in NAMES.items():
        orders.filter(job=before).update(job=now)


class Migration(migrations.Migration):
    dependencies = [("orders", "0007_held_by")]

    operations = [migrations.RunPython(renamed, migrations.RunPython.noop)]
