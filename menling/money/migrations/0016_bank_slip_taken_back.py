"""A bank slip knows its movement and whether all of it went back, a counter-entry the movement it was posted as (MR-29).

Only columns, which takes a moment; `0017` fills them.
"""

import django.db.models.deletion
from django.db import migrations, models


def _movement() -> models.OneToOneField:
    return models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="money.transfer")


class Migration(migrations.Migration):
    dependencies = (("money", "0015_waiting"),)
    operations = (
        migrations.AddField("bankslip", "taken_back", models.BooleanField(db_default=False, default=False)),
        migrations.AddField("bankslip", "transfer", _movement()),
        migrations.AddField("counterentry", "posted", _movement()),
    )
