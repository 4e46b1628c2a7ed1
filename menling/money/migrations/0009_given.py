"""Money given back, held and invoiced (MR-32 to MR-35); the new check of charges is looked through apart."""

from decimal import Decimal

import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0010_case_by_report"),
        ("money", "0006_sealed_envelopes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Adjustment",
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
                ("sort", models.CharField(max_length=10)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=9)),
                ("reason", models.CharField(max_length=300)),
                ("item", models.CharField(blank=True, max_length=100)),
                ("decision", models.CharField(blank=True, max_length=300)),
                ("method", models.CharField(blank=True, max_length=10)),
                ("paid_to", models.CharField(blank=True, max_length=60)),
                ("paid_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Deposit",
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
                ("purpose", models.CharField(max_length=12)),
                ("payer", models.CharField(max_length=60)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=9)),
                ("method", models.CharField(max_length=10)),
                ("used", models.DecimalField(decimal_places=2, default=Decimal("0.00"), max_digits=9)),
                ("kept", models.DecimalField(decimal_places=2, default=Decimal("0.00"), max_digits=9)),
                ("returned", models.DecimalField(decimal_places=2, default=Decimal("0.00"), max_digits=9)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("returned_how", models.CharField(blank=True, max_length=10)),
                ("returned_to", models.CharField(blank=True, max_length=60)),
                ("returned_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="TaxInvoice",
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
                ("amount", models.DecimalField(decimal_places=2, max_digits=9)),
                ("made_out_to", models.CharField(max_length=10)),
                ("title", models.CharField(max_length=100)),
                ("tax_number", models.CharField(blank=True, max_length=20)),
                ("email", models.CharField(blank=True, max_length=100)),
                ("invoice", models.CharField(blank=True, max_length=40)),
                ("issued_at", models.DateTimeField(null=True)),
                ("reversal", models.CharField(blank=True, max_length=40)),
                ("is_valid", models.BooleanField(default=True)),
            ],
        ),
        migrations.AddField(
            model_name="charge",
            name="refunded",
            field=models.DecimalField(db_default=Decimal("0.00"), decimal_places=2, default=Decimal("0.00"), max_digits=9),
        ),
        migrations.AddField(
            model_name="charge",
            name="waived",
            field=models.DecimalField(db_default=Decimal("0.00"), decimal_places=2, default=Decimal("0.00"), max_digits=9),
        ),
        AddConstraintNotValid(
            model_name="charge",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("refunded", 0), models.Q(("refunded__gt", 0), ("refunded__lte", models.F("collected"))), _connector="OR"
                ),
                name="refunded_at_most_paid",
            ),
        ),
        migrations.AddField(
            model_name="adjustment",
            name="asked_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="adjustment",
            name="charge",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="adjustments", to="money.charge"
            ),
        ),
        migrations.AddField(
            model_name="adjustment",
            name="decided_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="adjustment",
            name="paid_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="deposit",
            name="taken_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name="taxinvoice",
            name="charge",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="tax_invoices", to="money.charge"),
        ),
        migrations.AddConstraint(
            model_name="adjustment",
            constraint=models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="adjustment_above_zero"),
        ),
        migrations.AddConstraint(
            model_name="deposit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "amount__gte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(models.F("used"), "+", models.F("kept")),
                            "+",
                            models.F("returned"),
                        ),
                    )
                ),
                name="deposit_not_overdrawn",
            ),
        ),
        migrations.AddConstraint(
            model_name="taxinvoice",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_valid", True)), fields=("charge",), name="one_tax_invoice"
            ),
        ),
    ]
