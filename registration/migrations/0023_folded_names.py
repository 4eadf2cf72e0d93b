"""Names are compared without the strokes of letters such as ø, ł and đ: the keys of stored names follow."""

from django.db import migrations

from conference.language.khmer import match_key
from registration.models.registration import KEY_LENGTH, person_key


def fold(apps, _schema_editor):
    registrations = apps.get_model("registration", "Registration").objects
    for row in registrations.exclude(name_latin=""):
        key = match_key(row.name_latin)[:KEY_LENGTH]
        if key == row.name_latin_key:
            continue
        changed = {"name_latin_key": key}
        if row.person_key and not row.name_km_key:
            new = person_key(row.email, key)
            is_taken = registrations.filter(edition=row.edition_id, person_key=new).exists()
            changed["person_key"] = None if is_taken else new  # staff find both as look-alikes
        registrations.filter(pk=row.pk).update(**changed)


class Migration(migrations.Migration):
    dependencies = [("registration", "0022_remark")]

    operations = [migrations.RunPython(fold, migrations.RunPython.noop)]
