"""The running promises of a case are found in the index of running ones, however many were kept before.

From a sample of a long history the database believes a case to have many times the promises it has, and reads the kept ones as
well. How many there are for a case is therefore told, not guessed. The key to the case has an index of its own already.
"""

from django.contrib.postgres.operations import RemoveIndexConcurrently
from django.db import migrations

TOLD = "ALTER TABLE journal_deadline ALTER COLUMN case_id SET (n_distinct = -0.2)"


class Migration(migrations.Migration):
    atomic = False
    dependencies = (("journal", "0014_case_settled"),)
    operations = (
        migrations.RunSQL(TOLD, migrations.RunSQL.noop),
        migrations.RunSQL("ANALYZE journal_deadline (case_id)", migrations.RunSQL.noop),
        RemoveIndexConcurrently("deadline", "deadline_of_case"),
    )
