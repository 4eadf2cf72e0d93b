import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registration", "0027_intake_defaults")]
    operations = [
        migrations.CreateModel(
            name="FiguresColumn",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("question", models.CharField(max_length=20)),
                ("measure", models.CharField(max_length=20)),
                ("taken_at", models.DateTimeField(null=True)),
                ("people", models.PositiveIntegerField()),
                ("lowest", models.JSONField(null=True)),
                ("tried_with", models.PositiveIntegerField()),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="figures_columns",
                        to="conference.edition",
                        verbose_name="edition",
                    ),
                ),
            ],
            options={"default_permissions": ()},
        ),
        migrations.AddConstraint(
            model_name="figurescolumn",
            constraint=models.UniqueConstraint(
                models.F("edition"),
                models.F("question"),
                models.F("measure"),
                name="a_column_of_figures_is_kept_once",
            ),
        ),
    ]
