import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The table stays as it is: machines with the older code go on with it during an upgrade."""

    dependencies = [("conference", "0005_place"), ("registration", "0010_duplicates")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Attempt",
                    fields=[
                        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                        ("key", models.CharField(db_index=True, editable=False, max_length=64)),
                        ("at", models.DateTimeField(db_index=True, verbose_name="when")),
                        (
                            "edition",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="attempts",
                                to="conference.edition",
                                verbose_name="edition",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "attempt of a visitor",
                        "verbose_name_plural": "attempts of visitors",
                        "db_table": "registration_findattempt",
                        "default_permissions": (),
                    },
                )
            ]
        )
    ]
