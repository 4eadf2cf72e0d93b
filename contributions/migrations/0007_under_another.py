import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('contributions', '0006_sessions_may_go'),
        ('registration', '0053_status_index'),
    ]

    operations = [
        migrations.CreateModel(
            name='UnderAnother',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('proposal', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contributions.proposal', verbose_name='proposal')),
                ('registration', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='under_another', to='registration.registration', verbose_name='registration')),
                ('sender', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contributions.sender')),
            ],
            options={
                'verbose_name': 'contribution under a merged registration',
                'verbose_name_plural': 'contributions under merged registrations',
                'default_permissions': (),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('proposal__isnull', False), ('sender', None)), models.Q(('proposal', None), ('sender__isnull', False)), _connector='OR'), name='under_another_is_of_one_thing')],
            },
        ),
    ]
