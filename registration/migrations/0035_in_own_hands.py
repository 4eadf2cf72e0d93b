from django.db import migrations, models


class Migration(migrations.Migration):
    """Who acted where before is not known: what was sent before can be corrected as it could."""

    dependencies = [("registration", "0034_receipts_on_rows")]

    operations = [
        migrations.AddField("registration", "in_own_hands", models.BooleanField(default=False, editable=False)),
        migrations.AddField("secondnumber", "in_own_hands", models.BooleanField(default=False, editable=False)),
    ]
