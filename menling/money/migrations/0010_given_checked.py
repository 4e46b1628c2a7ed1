"""Look through the charges there are, without holding up who collects."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = (("money", "0009_given"),)
    operations = (ValidateConstraint("charge", "refunded_at_most_paid"),)
