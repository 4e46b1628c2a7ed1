"""What is tried again is counted from an index that holds nothing else."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = (("mail", "0003_failing"),)
    operations = (
        # a run that was broken off leaves one behind that is never used
        migrations.RunSQL("DROP INDEX CONCURRENTLY IF EXISTS delivery_failing", migrations.RunSQL.noop),
        AddIndexConcurrently(
            "delivery",
            models.Index(
                fields=["office", "failing_since"],
                condition=models.Q(failing_since__isnull=False, sent_at__isnull=True, dead_at__isnull=True),
                name="delivery_failing",
            ),
        ),
    )
