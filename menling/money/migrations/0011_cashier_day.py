"""The cashier's days, and the day of the books every transfer belongs to: the database sets it, whoever writes (MR-28)."""

import django.db.models.deletion
from django.db import migrations, models

# A closing day waits here for every transfer that is being written, and a transfer for a day that is being closed: the row of
# the office is read with a shared lock, and what is read after waiting is what the other one left.
BOOK = """
CREATE FUNCTION menling_day_of_the_books() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    through date;
BEGIN
    SELECT closed_through INTO through FROM money_cashbook WHERE office_id = NEW.office_id FOR SHARE;
    IF NOT FOUND THEN
        INSERT INTO money_cashbook (office_id) VALUES (NEW.office_id) ON CONFLICT DO NOTHING;
        SELECT closed_through INTO through FROM money_cashbook WHERE office_id = NEW.office_id FOR SHARE;
    END IF;
    NEW.day := GREATEST((NEW.happened_at AT TIME ZONE 'Asia/Shanghai')::date, through + 1);
    RETURN NEW;
END $$;
CREATE TRIGGER transfer_day BEFORE INSERT ON money_transfer FOR EACH ROW EXECUTE FUNCTION menling_day_of_the_books();
"""
UNBOOK = "DROP TRIGGER transfer_day ON money_transfer; DROP FUNCTION menling_day_of_the_books();"


def _key(to: str) -> models.ForeignKey:
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=to)


class Migration(migrations.Migration):
    dependencies = (("money", "0010_given_checked"),)
    operations = (
        migrations.CreateModel(
            "CashBook",
            fields=[
                (
                    "office",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="premises.office",
                    ),
                ),
                ("closed_through", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            "CashierDay",
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
                ("day", models.DateField()),
                ("opening", models.JSONField(default=dict)),
                ("counted", models.DecimalField(decimal_places=2, max_digits=11, null=True)),
                ("count", models.JSONField(default=dict)),
                ("closing", models.JSONField(default=dict)),
                ("held", models.JSONField(default=list)),
                ("unpaid", models.JSONField(default=list)),
                ("office", _key("premises.office")),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("office", "day"), name="cashier_day_once")]},
        ),
        migrations.CreateModel(
            "BankSlip",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=40)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=11)),
                ("at", models.DateTimeField()),
                (
                    "day",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="slips", to="money.cashierday"),
                ),
                ("office", _key("premises.office")),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("office", "number"), name="bank_slip_once")]},
        ),
        migrations.CreateModel(
            "CounterEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=60)),
                ("target", models.CharField(max_length=60)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=11)),
                ("reason", models.CharField(max_length=300)),
                ("asked_at", models.DateTimeField()),
                ("state", models.CharField(default="asked", max_length=10)),
                ("decided_at", models.DateTimeField(null=True)),
                ("remark", models.CharField(blank=True, max_length=300)),
                ("asked_by", _key("premises.staff")),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="premises.staff"
                    ),
                ),
                (
                    "day",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="money.cashierday"),
                ),
                (
                    "reverses",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="money.transfer"
                    ),
                ),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("amount__gt", 0)), name="counter_entry_above_zero")]
            },
        ),
        migrations.AddField("transfer", "day", models.DateField(editable=False, null=True)),
        migrations.RunSQL(BOOK, UNBOOK),
    )
