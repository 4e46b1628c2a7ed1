"""Events are never changed or deleted; counters are never deleted. The database itself refuses."""

from django.db import migrations

FORBID = """
CREATE FUNCTION menling_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% on % is not allowed: rows are only added', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE ON journal_event
    FOR EACH ROW EXECUTE FUNCTION menling_append_only();
CREATE TRIGGER counter_kept BEFORE DELETE ON journal_counter
    FOR EACH ROW EXECUTE FUNCTION menling_append_only();
"""
ALLOW = """
DROP TRIGGER event_append_only ON journal_event;
DROP TRIGGER counter_kept ON journal_counter;
DROP FUNCTION menling_append_only();
"""


class Migration(migrations.Migration):
    dependencies = (("journal", "0001_initial"),)
    operations = (migrations.RunSQL(FORBID, ALLOW),)
