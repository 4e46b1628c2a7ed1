"""Payments no statement shows yet, and differences nobody has signed, are listed from indexes that hold nothing else."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = (("money", "0014_awaited_by"),)
    operations = (
        AddIndexConcurrently(
            "charge",
            models.Index(
                fields=["awaited_by", "case"], condition=models.Q(("awaited_by__isnull", False)), name="charge_on_no_statement"
            ),
        ),
        AddIndexConcurrently(
            "handover", models.Index(fields=["office"], condition=models.Q(("unsigned", True)), name="handover_unsigned")
        ),
        RemoveIndexConcurrently("transfer", "transfer_of_case"),  # the key to the case has one of its own
    )
