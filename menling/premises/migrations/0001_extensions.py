"""Extensions of PostgreSQL the rooms use: exclusion of overlapping times, search in parts of names."""

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = ()
    operations = (BtreeGistExtension(), TrigramExtension())
