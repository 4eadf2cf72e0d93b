"""What the desk needs: a token for each badge, when a participant arrived, and what was pressed at the desk."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from registration.models.codes import new_badge_token
from registration.models.registration import ERASED_WORD


def give_tokens(apps, _schema_editor):
    registrations = apps.get_model("registration", "Registration").objects
    for pk in registrations.exclude(name_latin=ERASED_WORD).values_list("pk", flat=True):
        registrations.filter(pk=pk).update(badge_token=new_badge_token())


class Migration(migrations.Migration):
    dependencies = [
        ("agenda", "0009_materials"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("registration", "0040_backups"),
    ]

    operations = [
        migrations.AlterModelOptions(
            "registration",
            {
                "ordering": ["-created_at", "-pk"],
                "permissions": [
                    ("export_registration", "Can export the list of participants"),
                    ("view_figures", "Can see the figures"),
                    ("merge_registration", "Can merge two registrations into one"),
                    ("check_in_registration", "Can take people in at the desk"),
                ],
                "verbose_name": "registration",
                "verbose_name_plural": "registrations",
            },
        ),
        # First without a default, which would give all rows the same.
        migrations.AddField(
            "registration", "badge_token", models.CharField(editable=False, max_length=32, null=True, unique=True)
        ),
        migrations.RunPython(give_tokens, migrations.RunPython.noop),
        migrations.AlterField(
            "registration",
            "badge_token",
            models.CharField(default=new_badge_token, editable=False, max_length=32, null=True, unique=True),
        ),
        migrations.AddField(
            "attendance",
            "arrived_at",
            models.DateTimeField(blank=True, editable=False, null=True, verbose_name="arrived"),
        ),
        migrations.CreateModel(
            "DeskAct",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(default=uuid.uuid4, unique=True)),
                ("what", models.CharField(choices=[("in", "taken in"), ("undo", "taken back")], max_length=4)),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "day",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="desk_acts", to="agenda.day"
                    ),
                ),
                (
                    "registration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="desk_acts",
                        to="registration.registration",
                    ),
                ),
            ],
            {"ordering": ["at", "pk"], "default_permissions": ()},
        ),
    ]
