"""A charge keeps which office still looks for it on its statements; those that wait now are found once."""

import django.db.models.deletion
from django.db import migrations, models

WAITING = """
UPDATE money_charge h SET awaited_by_id = c.office_id FROM journal_case c
WHERE c.id = h.case_id AND h.method = 'qr' AND h.collected > 0 AND c.status IN ('collected', 'disputed')
    AND NOT EXISTS (SELECT FROM money_statementline l WHERE l.charge_id = h.case_id)
"""


class Migration(migrations.Migration):
    dependencies = (
        ("money", "0013_bank_slip_fetched"),
        ("journal", "0013_case_to_be_asked"),
        ("premises", "0001_extensions"),
    )
    operations = (
        migrations.AddField(
            "charge",
            "awaited_by",
            models.ForeignKey(
                null=True, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="premises.office"
            ),
        ),
        migrations.RunSQL(WAITING, migrations.RunSQL.noop),
    )
