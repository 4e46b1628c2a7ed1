"""Transfers are never changed or deleted; what was wrong is moved back."""

from django.db import migrations

FORBID = """
CREATE TRIGGER transfer_append_only BEFORE UPDATE OR DELETE ON money_transfer
    FOR EACH ROW EXECUTE FUNCTION menling_append_only();
"""
ALLOW = "DROP TRIGGER transfer_append_only ON money_transfer;"


class Migration(migrations.Migration):
    dependencies = (("money", "0001_initial"), ("journal", "0002_append_only"))
    operations = (migrations.RunSQL(FORBID, ALLOW),)
