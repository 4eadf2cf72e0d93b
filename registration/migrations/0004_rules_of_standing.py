from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registration', '0003_number_places'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.UniqueConstraint(models.F('edition'), models.F('place_no'), name='one_person_a_place'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('place_no__isnull', False), ('status__in', {'confirmed', 'offered'})), models.Q(models.Q(('status__in', {'confirmed', 'offered'}), _negated=True), ('place_no', None)), _connector='OR'), name='place_belongs_to_who_holds_one'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('status', 'waiting'), ('waiting_since__isnull', False)), models.Q(models.Q(('status', 'waiting'), _negated=True), ('waiting_since', None)), _connector='OR'), name='only_the_waiting_list_waits'),
        ),
        migrations.AddConstraint(
            model_name='registration',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('offered_until__isnull', False), ('status', 'offered')), models.Q(models.Q(('status', 'offered'), _negated=True), ('offered_until', None)), _connector='OR'), name='only_an_offer_has_an_end'),
        ),
    ]
