"""A line of a statement that pays nothing of ours is set aside, by whom, when and why. Columns only, empty: that takes a moment."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (
        ("money", "0018_awaited_found"),
        ("premises", "0011_password_given"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    )
    operations = (
        migrations.AddField("statementline", "aside_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "statementline",
            "aside_by",
            models.ForeignKey(
                null=True,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            "statementline", "aside_reason", models.CharField(blank=True, db_default="", default="", max_length=300)
        ),
    )
