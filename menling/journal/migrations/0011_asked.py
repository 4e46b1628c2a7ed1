from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models

REACHED = """
UPDATE journal_case SET asked = true
WHERE NOT asked AND id IN (SELECT case_id FROM journal_event WHERE verb = 'note' AND facts ->> 'follow_up' = 'reached')
"""


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("journal", "0010_case_by_report")]

    operations = [
        migrations.AddField(
            model_name="case",
            name="asked",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.RunSQL(REACHED, migrations.RunSQL.noop),
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
