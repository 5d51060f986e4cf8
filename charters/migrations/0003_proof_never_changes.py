"""PostgreSQL refuses that a proof be changed or deleted, by whatever program; SQLite relies on the models."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION charters_proof_is_append_only() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION 'a proof is never changed or deleted' USING ERRCODE = 'restrict_violation';
END
$$ LANGUAGE plpgsql;
CREATE TRIGGER proof_is_append_only BEFORE UPDATE OR DELETE ON charters_proofevent
FOR EACH ROW EXECUTE FUNCTION charters_proof_is_append_only();
"""
ALLOW = """
DROP TRIGGER proof_is_append_only ON charters_proofevent;
DROP FUNCTION charters_proof_is_append_only();
"""


def refuse(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(REFUSE)


def allow(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(ALLOW)


class Migration(migrations.Migration):
    dependencies = [("charters", "0002_proof")]

    operations = [migrations.RunPython(refuse, allow)]
