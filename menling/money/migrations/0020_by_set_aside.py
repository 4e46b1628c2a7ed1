"""The lines nobody has matched and the lines set aside are each found by an index that holds nothing else."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models
from django.db.models import Q

OPEN = Q(charge__isnull=True, aside_at__isnull=True)
ASIDE = Q(aside_at__isnull=False)


class Migration(migrations.Migration):
    atomic = False
    dependencies = (("money", "0019_set_aside"),)
    operations = (
        AddIndexConcurrently("statementline", models.Index(fields=["office", "id"], condition=OPEN, name="statement_line_open")),
        AddIndexConcurrently(
            "statementline", models.Index(fields=["office", "aside_at"], condition=ASIDE, name="statement_line_aside")
        ),
        RemoveIndexConcurrently("statementline", "statement_line_unmatched"),
    )
