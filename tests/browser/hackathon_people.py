"""A hackathon whose deadline is tomorrow: five participants from three provinces, three teams with projects, five
judges, and an account that may do everything. What was there before is gone.

`manage.py shell` runs it with the database of the site, and prints what leads to all of them.
"""

import json
from datetime import timedelta

from django.contrib.auth.models import User
from django.test import Client

from conference import clock
from conference.models import Edition
from hackathon import links
from hackathon.models import Criterion, Hackathon, Judge, Member, Submission, Team
from registration.choices import Province
from registration.links import address_for
from registration.models import Registration
from tests.factories import make_registration

EDITION = Edition.objects.get(year=2024)
PROVINCES = [Province.PHNOM_PENH, Province.KEP, Province.TAKEO, Province.KEP, Province.TAKEO]

Hackathon.objects.all().delete()
now = clock.now()
hackathon = Hackathon.objects.create(
    edition=EDITION,
    is_published=True,
    about_en="Sample call",
    about_km="សេចក្តីអំពាវនាវ​គំរូ",
    deadline=now + timedelta(days=1),
)
Criterion.objects.create(hackathon=hackathon, name_en="Sample use", name_km="ការប្រើប្រាស់គំរូ", weight=2)
Criterion.objects.create(hackathon=hackathon, name_en="Sample craft", name_km="ភាពប៉ិនប្រសប់គំរូ", position=2)
for place in (1, 2, 3):
    hackathon.prizes.create(place=place, words_en="Sample help", words_km="ជំនួយគំរូ")
first = Registration.objects.count()
people = [
    make_registration(EDITION, name_latin=f"KUMROU Number{turn}", phone=f"+8551297{turn:04}", province=province)
    for turn, province in enumerate(PROVINCES, start=first)
]
# Team 4 is made in the browser.
teams = [Team.objects.create(hackathon=hackathon, number=number, name=f"Sample {number}") for number in (1, 2, 3)]
for team in teams:
    title = {"title_en": f"Sample project {team.number}", "title_km": f"គម្រោងគំរូទី{team.number}"}
    Submission.objects.create(team=team, saved_at=now, **title)
    person = make_registration(EDITION, name_latin=f"KUMROU Of{team.number}", phone=f"+855129{first + team.number:05}")
    Member.objects.create(hackathon=hackathon, team=team, registration=person, spoken=["en"])
names = [{"name_en": f"Sample Judge {turn}", "name_km": f"អ្នកវាយតម្លៃគំរូ{turn}"} for turn in range(5)]
judges = [Judge.objects.create(hackathon=hackathon, position=turn, **name) for turn, name in enumerate(names)]
chief, _is_new = User.objects.get_or_create(username="chief-of-hackathon", is_staff=True, is_superuser=True)
client = Client()
client.force_login(chief)
print(
    json.dumps(
        {
            "number": hackathon.pk,
            "people": list(map(address_for, people)),
            "teams": list(map(links.team_address, teams)),
            "judges": list(map(links.judge_address, judges)),
            "session": client.cookies["session"].value,
        }
    )
)
