"""Khmer names are sorted as in a dictionary: the keys of the names that are stored."""

from django.db import migrations, models

from conference.language.khmer import sort_key
from registration.models.registration import KEY_LENGTH


def write_keys(apps, _schema_editor):
    registrations = apps.get_model("registration", "Registration").objects
    for pk, name in registrations.exclude(name_km="").values_list("pk", "name_km"):
        registrations.filter(pk=pk).update(name_km_order=sort_key(name)[:KEY_LENGTH])


class Migration(migrations.Migration):
    dependencies = [("registration", "0037_tending")]

    operations = [
        migrations.AddField(
            "registration", "name_km_order", models.CharField(blank=True, default="", editable=False, max_length=400), False
        ),
        migrations.RunPython(write_keys, migrations.RunPython.noop),
    ]
