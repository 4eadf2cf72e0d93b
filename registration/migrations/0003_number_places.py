from django.db import migrations
from django.db.models import F


def number_places(apps, schema_editor):
    """Gives those who were confirmed before there were place numbers one each, in the order they came."""
    Registration = apps.get_model('registration', 'Registration')
    numbers = {}
    for row in Registration.objects.filter(status__in=['confirmed', 'offered']).order_by('created_at', 'pk'):
        row.place_no = numbers[row.edition_id] = numbers.get(row.edition_id, 0) + 1
        row.status = 'confirmed'
        row.save(update_fields=['place_no', 'status'])
    Registration.objects.filter(status='waiting').update(waiting_since=F('created_at'))


class Migration(migrations.Migration):

    dependencies = [
        ('registration', '0002_standing'),
    ]

    operations = [
        migrations.RunPython(number_places, migrations.RunPython.noop),
    ]
