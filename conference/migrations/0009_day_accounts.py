import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("conference", "0008_one_table_of_attempts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DayAccount",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="day_account",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("name", models.CharField(max_length=40)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                ("code", models.CharField(max_length=64, unique=True)),
                ("device", models.CharField(blank=True, max_length=64)),
                ("other_device", models.CharField(blank=True, max_length=64)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="day_accounts",
                        to="conference.edition",
                    ),
                ),
            ],
            options={
                "verbose_name": "account of a volunteer",
                "verbose_name_plural": "accounts of volunteers",
                "ordering": ["pk"],
                "permissions": [("invite_dayaccount", "Can make accounts of volunteers for the desk")],
                "default_permissions": (),
                "constraints": [models.UniqueConstraint(models.F("edition"), models.F("name"), name="one_day_account_a_name")],
            },
        ),
    ]
