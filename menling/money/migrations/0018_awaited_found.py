"""The payments by QR code that stand on no statement now are found, some keys at a time: nobody waits for all of them.

Twice is the same as once. What is collected until the programs are started anew is found by the job `awaited`.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

KEYS = 20_000
LAST = "SELECT max(case_id) FROM money_charge"
WAITING = """
UPDATE money_charge h SET awaited_by_id = c.office_id FROM journal_case c
WHERE h.case_id >= %(first)s AND h.case_id < %(next)s AND h.awaited_by_id IS NULL AND h.method = 'qr' AND h.collected > 0
    AND c.id = h.case_id AND c.status IN ('collected', 'disputed')
    AND NOT EXISTS (SELECT FROM money_statementline l WHERE l.charge_id = h.case_id)
"""


def find(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Mark what waits, each range of keys in a transaction of its own."""
    with editor.connection.cursor() as cursor:
        cursor.execute(LAST)
        last = cursor.fetchone()[0] or 0
        for first in range(1, last + 1, KEYS):
            cursor.execute(WAITING, {"first": first, "next": first + KEYS})


class Migration(migrations.Migration):
    atomic = False
    dependencies = (("money", "0017_bank_slip_once"),)
    operations = (migrations.RunPython(find, migrations.RunPython.noop),)
