import django.db.models.deletion
from django.db import migrations, models


def carry_over(apps, schema_editor):
    """Tries to sign in are counted with all other attempts now. Those of the last quarter of an hour count on."""
    database = schema_editor.connection.alias
    tries = apps.get_model("conference", "SignInTry").objects.using(database)
    attempts = apps.get_model("conference", "Attempt")
    rows = [attempts(key=key, at=at) for key, at in tries.values_list("key", "at")]
    attempts.objects.using(database).bulk_create(rows, batch_size=500)


class Migration(migrations.Migration):
    """The table of before stays: a process that is not upgraded yet counts in it for its last minutes."""

    dependencies = [
        ("conference", "0007_accounts"),
    ]

    operations = [
        migrations.AlterField(
            model_name="attempt",
            name="edition",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="attempts",
                to="conference.edition",
                verbose_name="edition",
            ),
        ),
        migrations.RunPython(carry_over, migrations.RunPython.noop),
    ]
