"""What participants have chosen keeps its day, theme or room from being deleted.

Nothing in the database changes: the table of the chosen days stays as it is, and becomes a model of its own.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("agenda", "0003_day"), ("registration", "0018_checks_at_once")]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="DayChoice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "day",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="agenda.day"
                            ),
                        ),
                        (
                            "registration",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="registration.registration",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "chosen day",
                        "verbose_name_plural": "chosen days",
                        "db_table": "registration_registration_days",
                        "default_permissions": (),
                        "unique_together": {("registration", "day")},
                    },
                ),
                migrations.AlterField(
                    model_name="registration",
                    name="days",
                    field=models.ManyToManyField(
                        related_name="registrations",
                        through="registration.DayChoice",
                        to="agenda.day",
                        verbose_name="days",
                    ),
                ),
            ],
        ),
        migrations.AlterField(
            model_name="breakoutchoice",
            name="breakout",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agenda.session",
                verbose_name="breakout",
            ),
        ),
        migrations.AlterField(
            model_name="breakoutchoice",
            name="session",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="breakout_choices",
                to="agenda.session",
                verbose_name="theme or room",
            ),
        ),
    ]
