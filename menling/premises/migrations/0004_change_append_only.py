"""What was written in the books stays: the database itself refuses to change or delete an entry."""

from django.db import migrations

FORBID = """
CREATE FUNCTION menling_change_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% on % is not allowed: rows are only added', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER change_append_only BEFORE UPDATE OR DELETE ON premises_change
    FOR EACH ROW EXECUTE FUNCTION menling_change_stays();
"""
ALLOW = """
DROP TRIGGER change_append_only ON premises_change;
DROP FUNCTION menling_change_stays();
"""


class Migration(migrations.Migration):
    dependencies = (("premises", "0003_change"),)
    operations = (migrations.RunSQL(FORBID, ALLOW),)
