"""Reports that lie with another department, and steps a phone sent late and the office refused."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0010_case_by_report"),
        ("orders", "0005_address_views"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="referral",
            name="department",
            field=models.CharField(blank=True, db_default="", default="", max_length=60),
        ),
        migrations.CreateModel(
            name="RefusedStep",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="%(class)s",
                        serialize=False,
                        to="journal.case",
                    ),
                ),
                ("verb", models.CharField(max_length=40)),
                ("facts", models.JSONField(default=dict)),
                ("done_at", models.DateTimeField()),
                ("clause", models.CharField(blank=True, max_length=20)),
                ("why", models.CharField(blank=True, max_length=500)),
                ("why_zh", models.CharField(blank=True, max_length=500)),
                ("reason", models.CharField(blank=True, max_length=300)),
                (
                    "of",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="journal.case"),
                ),
                (
                    "worker",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={"abstract": False},
        ),
    ]
