from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("journal", "0012_asked_told")]

    operations = [
        AddIndexConcurrently(
            model_name="case",
            index=models.Index(
                condition=models.Q(
                    ("asked", False),
                    ("kind__in", ("repair", "housekeeping", "alarm")),
                    ("status__in", ("completed", "archived")),
                ),
                fields=["office", "reported_at", "id"],
                name="case_to_be_asked",
            ),
        ),
    ]
