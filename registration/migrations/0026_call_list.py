from django.db import migrations, models
from django.db.models import Exists, OuterRef

OF_STANDING = ["received", "confirmed", "waiting", "offered", "lapsed", "declined", "cancelled"]


def replace_older_lines(apps, schema_editor):
    """Of what a person is still to be told about where they stand, only the newest is true."""
    messages = apps.get_model("registration", "Message").objects.filter(kind__in=OF_STANDING)
    newer = messages.filter(registration=OuterRef("registration"), pk__gt=OuterRef("pk"))
    messages.filter(Exists(newer), state__in=["to_call", "failed"]).update(state="replaced")


class Migration(migrations.Migration):
    dependencies = [("registration", "0025_intake_closes")]

    operations = [
        migrations.AddField(
            model_name="message",
            name="tries",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="calls without an answer"),
        ),
        migrations.AddField(
            model_name="message",
            name="tried_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="last call without an answer"),
        ),
        migrations.AlterField(
            model_name="message",
            name="state",
            field=models.CharField(
                choices=[
                    ("queued", "to be sent"),
                    ("sending", "being sent"),
                    ("sent", "sent"),
                    ("failed", "could not be sent"),
                    ("to_call", "to be told by telephone"),
                    ("called", "told by telephone"),
                    ("replaced", "replaced by newer news"),
                ],
                default="queued",
                max_length=20,
                verbose_name="state",
            ),
        ),
        migrations.RunPython(replace_older_lines, migrations.RunPython.noop),
    ]
