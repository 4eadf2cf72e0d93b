from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("hackathon", "0003_right_to_publish"),
    ]

    operations = [
        migrations.AddField(
            model_name="team",
            name="left",
            field=models.JSONField(editable=False, null=True),
        ),
    ]
