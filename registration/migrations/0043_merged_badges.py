"""The badge and the certificate of a registration that was merged into another."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("registration", "0042_paper")]

    operations = [
        migrations.AddField(
            "certificate",
            "earlier_of",
            models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="earlier_certificates",
                to="registration.registration",
            ),
        ),
        migrations.AddField(
            "secondnumber", "badge_token", models.CharField(editable=False, max_length=32, null=True, unique=True)
        ),
    ]
