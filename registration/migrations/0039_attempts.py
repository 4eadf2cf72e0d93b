from django.db import migrations


class Migration(migrations.Migration):
    """The table is that of conference.Attempt now."""

    dependencies = [("registration", "0038_khmer_order"), ("conference", "0006_attempts")]

    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel(name="FindAttempt")])
    ]
