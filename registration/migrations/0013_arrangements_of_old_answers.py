"""Participants who signed up before there were arrangements get theirs too."""

from django.db import migrations


def needs_of(answers):
    needs = list(answers.access_needs)
    needs += ["sign_language"] if "csl" in answers.languages else []
    needs += ["assistant"] if answers.assistant_name else []
    needs += ["other"] if answers.access_note else []
    return list(dict.fromkeys(needs))


def arrange(apps, schema_editor):
    Arrangement = apps.get_model("registration", "Arrangement")
    for answers in apps.get_model("registration", "InclusionAnswers").objects.order_by("pk"):
        Arrangement.objects.bulk_create(Arrangement(answers=answers, need=need) for need in needs_of(answers))


class Migration(migrations.Migration):

    dependencies = [
        ('registration', '0012_arrangements'),
    ]

    operations = [
        migrations.RunPython(arrange, migrations.RunPython.noop),
    ]
