from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("contributions", "0005_proposal_figures"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="calltopic", name="call_topic_says_what_it_is"),
        migrations.RemoveConstraint(model_name="floor", name="contributions_floor_has_title_in_either_language"),
    ]
