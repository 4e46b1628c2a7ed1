"""The movements of a day of the books are found by it."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = (("money", "0011_cashier_day"),)
    operations = (AddIndexConcurrently("transfer", models.Index(fields=["office", "day"], name="transfer_by_day")),)
