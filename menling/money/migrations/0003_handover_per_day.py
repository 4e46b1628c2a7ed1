"""One open handover per collector and day; what came after the end of work is apart (HS-4.1.1.6)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("money", "0002_append_only"),)
    operations = (
        migrations.AddField("handover", "overnight", models.BooleanField(default=False)),
        migrations.RemoveConstraint("handover", "one_open_handover"),
        migrations.AddConstraint(
            "handover",
            models.UniqueConstraint(
                condition=models.Q(("is_open", True)), fields=("office", "holder", "day", "overnight"), name="one_open_handover"
            ),
        ),
    )
