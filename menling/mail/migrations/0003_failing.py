"""Since when a channel or a delivery fails."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("mail", "0002_apps"),)
    operations = (
        migrations.AddField("channel", "failing_since", models.DateTimeField(null=True)),
        migrations.AddField("delivery", "failing_since", models.DateTimeField(null=True)),
    )
