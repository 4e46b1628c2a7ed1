"""A line of an approved month is never changed or deleted; what differs later is a line of another month (MR-51)."""

from django.db import migrations

FORBID = """
CREATE TRIGGER commission_line_append_only BEFORE UPDATE OR DELETE ON commission_commissionline
    FOR EACH ROW EXECUTE FUNCTION menling_append_only();
"""
ALLOW = "DROP TRIGGER commission_line_append_only ON commission_commissionline;"


class Migration(migrations.Migration):
    dependencies = (("commission", "0003_lines_kept"), ("journal", "0002_append_only"))
    operations = (migrations.RunSQL(FORBID, ALLOW),)
