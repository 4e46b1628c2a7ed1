"""By which message an address was told; an empty column costs nothing on a large table."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("journal", "0016_told_of"), ("orders", "0008_alarm_jobs"))
    operations = (
        migrations.AddField(
            "addressview",
            "message",
            models.ForeignKey(
                "journal.Outgoing", django.db.models.deletion.DO_NOTHING, null=True, db_constraint=False, db_index=False,
                related_name="+",
            ),
        ),
    )  # fmt: skip
