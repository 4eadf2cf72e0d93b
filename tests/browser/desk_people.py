"""The people of a morning at the desk, and three accounts that take them in.

`manage.py shell` runs it with the database of the site, and prints what leads into these accounts.
"""

import json

from django.contrib.auth.models import Group, User
from django.test import Client

from conference.models import Edition
from registration.choices import AccessNeed, Agreement, Subject
from tests.factories import make_registration

EDITION = Edition.objects.get(year=2024)
NUMBER = 60
SYLLABLES = {
    "ka": "កា",
    "ba": "បា",
    "ma": "មា",
    "so": "សូ",
    "di": "ឌី",
    "ve": "វេ",
    "ra": "រ៉ា",
    "lo": "ឡូ",
    "ti": "ទី",
    "nu": "នូ",
}
PHOTOS = [Agreement.YES, Agreement.DECIDE_THERE, Agreement.NO]

pairs = [(one, other) for one in SYLLABLES for other in SYLLABLES if one != other]
for turn, (one, other) in enumerate(pairs[:NUMBER]):
    make_registration(
        EDITION,
        name_latin=f"KUMROU {one}{other}".title().replace("Kumrou", "KUMROU"),
        name_km=f"គំរូ {SYLLABLES[one]}{SYLLABLES[other]}",
        phone=f"+8551298{turn:04}",
        email=f"canary-mail-{turn}@example.org",
        inclusion={"access_needs": [AccessNeed.SIGN_LANGUAGE], "access_note": "CANARY-NOTE"},
        consents={Subject.DATA_USE: Agreement.YES, Subject.PHOTOS: PHOTOS[turn % 3]},
    )

cookies = []
for turn in (1, 2, 3):
    user = User.objects.create_user(f"canary-desk-{turn}", password="a long password", is_staff=True)
    user.groups.add(Group.objects.get(name__startswith="Registration desk"))
    client = Client()
    client.force_login(user)
    cookies.append(client.cookies["session"].value)
print(json.dumps(cookies))
