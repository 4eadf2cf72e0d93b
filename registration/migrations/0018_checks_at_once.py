"""PostgreSQL checks that a row points to something when it is written, not at the end of the transaction.

What is taken back before the end would otherwise never be checked, and the answer to a participant who stands here
already would come sooner than to a new one (registration.equal_work). SQLite has no such moment to choose.
"""

from django.db import migrations

TABLES = [
    "registration_registration",
    "registration_inclusionanswers",
    "registration_travelrequest",
    "registration_consent",
    "registration_arrangement",
    "registration_breakoutchoice",
]


def check(when):
    def change(apps, schema_editor):
        if schema_editor.connection.vendor != "postgresql":
            return
        quote = schema_editor.quote_name
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(
                "SELECT c.relname, k.conname FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid"
                " WHERE k.contype = 'f' AND c.relname = ANY(%s)",
                [TABLES],
            )
            for table, name in cursor.fetchall():
                cursor.execute(f"ALTER TABLE {quote(table)} ALTER CONSTRAINT {quote(name)} DEFERRABLE INITIALLY {when}")

    return change


class Migration(migrations.Migration):
    dependencies = [("registration", "0017_merging")]
    operations = [migrations.RunPython(check("IMMEDIATE"), check("DEFERRED"))]
