"""An open call for the first open topic of the programme, three reviewers, and an account of staff.

`manage.py shell` runs it with the database of the site, and prints what leads there.
"""

import json

from django.contrib.auth.models import User
from django.test import Client

from agenda.models import Session
from conference.models import Edition
from contributions import links
from tests.contributions.samples import make_call, make_reviewer

TOPIC = Session.objects.filter(day__edition__year=2024, kind="topic", title_en="", title_km="").in_order().first()
CALL = make_call(Edition.objects.get(year=2024), session=TOPIC, title_km="ការអំពាវនាវគំរូ")
REVIEWERS = [links.token_for("reviewer", make_reviewer(CALL, f"SAMPLE Reviewer {turn}")) for turn in (1, 2, 3)]
CLIENT = Client()
CLIENT.force_login(User.objects.create_superuser("sample-editor"))
print(
    json.dumps(
        {
            "call": f"2024/calls/{CALL.pk}/",
            "theme": f"2024/agenda/{TOPIC.parent.code}/",
            "reviewers": REVIEWERS,
            "session": CLIENT.cookies["session"].value,
        }
    )
)
