"""The true time of the step a message tells of: what was overtaken when it was written down is told to nobody (MR-40)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("journal", "0015_promises_of_a_case"),)
    operations = (migrations.AddField("outgoing", "happened_at", models.DateTimeField(null=True)),)
