"""A visit under way whose consent was once written down as its start has the start nobody tapped taken out (EN-D.10A).

Only visits that still run are looked at, by their index; what is finished stays as it was told and charged. Twice is once.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

UNTAPPED = """
UPDATE orders_visit v SET started_at = NULL
WHERE v.active AND v.started_at IS NOT NULL
    AND EXISTS (SELECT FROM journal_event e WHERE e.case_id = v.order_id AND e.verb = 'consent' AND e.happened_at = v.started_at)
    AND NOT EXISTS (SELECT FROM journal_event e WHERE e.case_id = v.order_id AND e.verb = 'start' AND e.happened_at = v.started_at)
"""


def take_out(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Leave the check-in as the begin of the visit where no start was tapped."""
    with editor.connection.cursor() as cursor:
        cursor.execute(UNTAPPED)


class Migration(migrations.Migration):
    dependencies = (("orders", "0009_views_by_message"), ("journal", "0016_told_of"))
    operations = (migrations.RunPython(take_out, migrations.RunPython.noop),)
