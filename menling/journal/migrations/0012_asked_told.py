from django.db import migrations

# Only what was served lately is asked about; of those days the events are looked up case by case, not read through.
REACHED = """
UPDATE journal_case c SET asked = true
WHERE NOT asked AND kind IN ('repair', 'housekeeping', 'alarm') AND status IN ('completed', 'archived')
    AND reported_at > now() - interval '200 days'
    AND EXISTS (SELECT 1 FROM journal_event e WHERE e.case_id = c.id AND e.verb = 'note' AND e.facts ->> 'follow_up' = 'reached')
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0011_asked")]

    operations = [migrations.RunSQL(REACHED, migrations.RunSQL.noop)]
