from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conference', '0002_hours'),
    ]

    operations = [
        migrations.AddField('edition', 'way_en', models.TextField(blank=True, default='', help_text='Which bus, which street, where it stops, what a tuk-tuk is told.', verbose_name='way to the venue (in English)'), preserve_default=False),
        migrations.AddField('edition', 'way_km', models.TextField(blank=True, default='', help_text='Which bus, which street, where it stops, what a tuk-tuk is told.', verbose_name='way to the venue (in Khmer)'), preserve_default=False),
        migrations.AddField('edition', 'entrance_en', models.TextField(blank=True, default='', help_text='Which gate and which door, and where the registration desk is.', verbose_name='entrance (in English)'), preserve_default=False),
        migrations.AddField('edition', 'entrance_km', models.TextField(blank=True, default='', help_text='Which gate and which door, and where the registration desk is.', verbose_name='entrance (in Khmer)'), preserve_default=False),
        migrations.AddField('edition', 'toilets_en', models.TextField(blank=True, default='', help_text='Where they are, and which one a wheelchair fits into.', verbose_name='toilets (in English)'), preserve_default=False),
        migrations.AddField('edition', 'toilets_km', models.TextField(blank=True, default='', help_text='Where they are, and which one a wheelchair fits into.', verbose_name='toilets (in Khmer)'), preserve_default=False),
        migrations.AddField('edition', 'background_in_brief_en', models.TextField(blank=True, default='', help_text='About a hundred plain words. They stand before the background.', verbose_name='background in brief (in English)'), preserve_default=False),
        migrations.AddField('edition', 'background_in_brief_km', models.TextField(blank=True, default='', help_text='About a hundred plain words. They stand before the background.', verbose_name='background in brief (in Khmer)'), preserve_default=False),
        migrations.AddField('edition', 'organisers_in_brief_en', models.TextField(blank=True, default='', help_text='Who does what, in plain words.', verbose_name='organisers in brief (in English)'), preserve_default=False),
        migrations.AddField('edition', 'organisers_in_brief_km', models.TextField(blank=True, default='', help_text='Who does what, in plain words.', verbose_name='organisers in brief (in Khmer)'), preserve_default=False),
        migrations.AddField('edition', 'contact_hours_en', models.CharField(blank=True, default='', max_length=200, verbose_name='when the contact telephone is answered (in English)'), preserve_default=False),
        migrations.AddField('edition', 'contact_hours_km', models.CharField(blank=True, default='', max_length=200, verbose_name='when the contact telephone is answered (in Khmer)'), preserve_default=False),
    ]
