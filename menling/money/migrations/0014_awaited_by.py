"""A charge keeps which office still looks for it on its statements.

Only the column, empty: that takes a moment, however many charges there are. Those that wait now are found by `0018`.
"""

import django.db.models.deletion
from django.db import migrations, models


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
    )
