from django.db import migrations, models


def one_kind_for_all_news(apps, schema_editor):
    """A text that staff wrote for decisions about travel would now be read by others."""
    apps.get_model("registration", "Message").objects.filter(kind="travel_decided").update(kind="own_news")
    apps.get_model("registration", "MessageText").objects.filter(kind="travel_decided").delete()


class Migration(migrations.Migration):

    dependencies = [
        ('registration', '0023_folded_names'),
    ]

    operations = [
        migrations.AddField(
            model_name='message',
            name='contact',
            field=models.CharField(blank=True, editable=False, max_length=254, verbose_name='told at'),
        ),
        migrations.AddField(
            model_name='registration',
            name='code_version',
            field=models.PositiveSmallIntegerField(default=0, editable=False),  # of those who are there already
        ),
        migrations.AlterField(
            model_name='registration',
            name='code_version',
            field=models.PositiveSmallIntegerField(default=1, editable=False),
        ),
        migrations.AddField(
            model_name='registration',
            name='is_sealed',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name='registration',
            name='staff_door',
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='registration',
            name='trusted_door',
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.AlterField(
            model_name='accesslog',
            name='look',
            field=models.CharField(choices=[('view', 'looked at'), ('export', 'exported'), ('link', 'made a new link'), ('open', 'opened the private answers on the own page')], max_length=20, verbose_name='what'),
        ),
        migrations.AlterField(
            model_name='message',
            name='kind',
            field=models.CharField(choices=[('received', 'registration received'), ('confirmed', 'place confirmed'), ('waiting', 'on the waiting list'), ('offered', 'place offered'), ('lapsed', 'offer has run out'), ('declined', 'declined, with the reason'), ('cancelled', 'cancelled'), ('link', 'own link'), ('reminder', 'reminder'), ('thanks', 'thank-you'), ('programme', 'the programme has changed'), ('letter', 'letter of your own'), ('own_news', 'news on their own page'), ('contact', 'how we reach them was changed')], max_length=20, verbose_name='message'),
        ),
        migrations.AlterField(
            model_name='messagetext',
            name='kind',
            field=models.CharField(choices=[('received', 'registration received'), ('confirmed', 'place confirmed'), ('waiting', 'on the waiting list'), ('offered', 'place offered'), ('lapsed', 'offer has run out'), ('declined', 'declined, with the reason'), ('cancelled', 'cancelled'), ('link', 'own link'), ('reminder', 'reminder'), ('thanks', 'thank-you'), ('own_news', 'news on their own page')], max_length=20, verbose_name='message'),
        ),
        migrations.AlterField(
            model_name='step',
            name='what',
            field=models.CharField(choices=[('answers', 'answers changed'), ('needs', 'languages, access or food changed'), ('travel', 'journey and room changed'), ('agreements', 'agreements changed'), ('link', 'a new link; the old one no longer opens'), ('opened', 'private answers opened on the own page'), ('merged', 'two registrations became one'), ('confirmed', 'place confirmed'), ('waiting', 'on the waiting list'), ('offered', 'place offered'), ('lapsed', 'offer has run out'), ('declined', 'declined'), ('cancelled', 'cancelled')], max_length=20, verbose_name='what'),
        ),
        migrations.RunPython(one_kind_for_all_news, migrations.RunPython.noop),
    ]
