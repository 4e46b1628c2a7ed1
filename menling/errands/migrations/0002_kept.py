"""The line of an errand is never deleted: its finance copy is kept without end, voided and failed ones too (HC-5.4.5)."""

from django.db import migrations

FORBID = """
CREATE TRIGGER errand_kept BEFORE DELETE ON errands_errand
    FOR EACH ROW EXECUTE FUNCTION menling_append_only();
"""
ALLOW = "DROP TRIGGER errand_kept ON errands_errand;"


class Migration(migrations.Migration):
    dependencies = (("errands", "0001_initial"), ("journal", "0002_append_only"))
    operations = (migrations.RunSQL(FORBID, ALLOW),)
