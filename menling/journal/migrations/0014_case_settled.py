"""What was settled in a month is found by its closing, however much was settled before."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = (("journal", "0013_case_to_be_asked"),)
    operations = (
        AddIndexConcurrently(
            "case",
            models.Index(
                fields=["office", "closed_at"], condition=models.Q(("kind", "settlement"), ("status", "settled")),
                name="case_settled",
            ),
        ),
    )  # fmt: skip
