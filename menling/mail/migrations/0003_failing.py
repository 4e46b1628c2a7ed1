"""Since when a channel or a delivery fails; what is tried again is counted from an index that holds nothing else."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = (("mail", "0002_apps"),)
    operations = (
        migrations.AddField("channel", "failing_since", models.DateTimeField(null=True)),
        migrations.AddField("delivery", "failing_since", models.DateTimeField(null=True)),
        AddIndexConcurrently(
            "delivery",
            models.Index(
                fields=["office", "failing_since"],
                condition=models.Q(failing_since__isnull=False, sent_at__isnull=True, dead_at__isnull=True),
                name="delivery_failing",
            ),
        ),
    )
