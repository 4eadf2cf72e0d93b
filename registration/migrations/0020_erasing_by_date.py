from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registration", "0019_choices_stay")]
    operations = [
        migrations.AddField("intake", "erasing_ran_on", models.DateField(blank=True, editable=False, null=True)),
        migrations.AddField("intake", "erased_on", models.DateField(blank=True, editable=False, null=True)),
        migrations.AddField(
            "intake",
            "erasing_waits",
            models.CharField(
                blank=True,
                choices=[
                    ("clock", "today is more than seven days after everything that is stored"),
                    (
                        "whole",
                        "everything of this edition would go at once, and nothing of it was erased by date before",
                    ),
                ],
                editable=False,
                default="",
                max_length=20,
            ),
            preserve_default=False,
        ),
    ]
