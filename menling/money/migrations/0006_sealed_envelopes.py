"""Cash counted note by note, sealed envelopes with witnesses, and differences that wait for a signature (HS-4.1.1.6, MR-25)."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("money", "0005_statement_lines"),)
    operations = (
        migrations.AddField("handover", "count", models.JSONField(default=dict)),
        migrations.AddField("handover", "envelope", models.CharField(blank=True, max_length=20)),
        migrations.AddField("handover", "sealed", models.DecimalField(decimal_places=2, max_digits=9, null=True)),
        migrations.AddField("handover", "sealed_at", models.DateTimeField(null=True)),
        migrations.AddField("handover", "unsigned", models.BooleanField(default=False)),
        migrations.AddField("handover", "witnesses", models.JSONField(default=list)),
        migrations.AddConstraint(
            "handover",
            models.UniqueConstraint(
                condition=models.Q(("envelope", ""), _negated=True), fields=("office", "envelope"), name="envelope_once"
            ),
        ),
    )
