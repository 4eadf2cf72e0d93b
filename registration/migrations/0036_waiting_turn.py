"""The order of the waiting list by the lock of the places. Who waits already keeps their order, before all that come."""

from django.db import migrations, models


def number_those_who_wait(apps, schema_editor):
    Registration = apps.get_model("registration", "Registration")
    for intake in apps.get_model("registration", "Intake").objects.all():
        waiting = Registration.objects.filter(edition=intake.edition_id, status="waiting")
        last_first = waiting.order_by("-waiting_since", "-pk").values_list("pk", flat=True)
        for back, pk in enumerate(list(last_first)):
            Registration.objects.filter(pk=pk).update(waiting_turn=intake.turn - back)


class Migration(migrations.Migration):
    dependencies = [("registration", "0035_in_own_hands")]

    operations = [
        migrations.AddField("registration", "waiting_turn", models.BigIntegerField(blank=True, editable=False, null=True)),
        migrations.RunPython(number_those_who_wait, migrations.RunPython.noop),
    ]
