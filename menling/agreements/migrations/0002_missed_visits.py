"""The visits nobody was sent for are found however many took place."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = (("agreements", "0001_initial"),)
    operations = (
        AddIndexConcurrently(
            "agreementday",
            models.Index(fields=["agreement", "day"], condition=models.Q(("state", "missed")), name="agreement_day_missed"),
        ),
    )
