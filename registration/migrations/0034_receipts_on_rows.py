from django.db import migrations, models


class Migration(migrations.Migration):
    """Nothing is carried over: a receipt lives a day, and a form that is sent again makes it anew."""

    dependencies = [("registration", "0033_travel_rates")]

    operations = [
        migrations.DeleteModel(name="KeptReceipt"),
        migrations.AddField("registration", "receipt", models.JSONField(blank=True, editable=False, null=True)),
        migrations.AddField("secondnumber", "receipt", models.JSONField(blank=True, editable=False, null=True)),
    ]
