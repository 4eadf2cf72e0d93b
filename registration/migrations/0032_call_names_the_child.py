import registration.encryption.columns
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("registration", "0031_receipts")]

    operations = [
        migrations.RenameField("guardiancall", "form_token", "parent_key"),
        migrations.AddField(
            "guardiancall",
            "child_name",
            registration.encryption.columns.EncryptedTextField(
                default="", verbose_name="first name of the young person"
            ),
        ),
    ]
