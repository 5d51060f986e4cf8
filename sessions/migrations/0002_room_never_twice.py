"""PostgreSQL refuses two bookings of a room at once; SQLite has no such constraint.

A range over the room's id stands for equality, which needs no extension (btree_gist).
"""

from django.db import migrations


def add(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "ALTER TABLE mentoring_sessions_roombooking ADD CONSTRAINT room_never_twice "
            "EXCLUDE USING gist (int8range(room_id, room_id, '[]') WITH &&, "
            "tstzrange(starts_at, ends_at) WITH &&)"
        )


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            "ALTER TABLE mentoring_sessions_roombooking DROP CONSTRAINT room_never_twice"
        )


class Migration(migrations.Migration):
    dependencies = [("mentoring_sessions", "0001_initial")]

    operations = [migrations.RunPython(add, drop)]
