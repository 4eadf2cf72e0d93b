import django.db.models.deletion
from django.db import migrations, models


def end_all_sessions(apps, schema_editor):
    """They held names, numbers and days. Staff sign in again."""
    apps.get_model("sessions", "Session").objects.all().delete()


class Migration(migrations.Migration):

    dependencies = [
        ('registration', '0030_later_events'),
        ("sessions", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name='KeptReceipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answer', models.JSONField(verbose_name='receipt')),
                ('created_at', models.DateTimeField(auto_now_add=True, db_index=True, verbose_name='written')),
                ('registration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='receipts', to='registration.registration', verbose_name='registration')),
            ],
            options={
                'verbose_name': 'receipt',
                'verbose_name_plural': 'receipts',
                'default_permissions': (),
            },
        ),
        migrations.RunPython(end_all_sessions, migrations.RunPython.noop),
    ]
