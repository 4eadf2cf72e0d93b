"""A hackathon whose deadline is tomorrow, and five participants from three provinces.

`manage.py shell` runs it with the database of the site, and prints the own links of the five.
"""

import json
from datetime import timedelta

from conference import clock
from conference.models import Edition
from hackathon.models import Hackathon
from registration.choices import Province
from registration.links import address_for
from tests.factories import make_registration

EDITION = Edition.objects.get(year=2024)
PROVINCES = [Province.PHNOM_PENH, Province.KEP, Province.TAKEO, Province.KEP, Province.TAKEO]

Hackathon.objects.create(
    edition=EDITION,
    is_published=True,
    about_en="Sample call",
    about_km="សេចក្តីអំពាវនាវ​គំរូ",
    deadline=clock.now() + timedelta(days=1),
)
people = [
    make_registration(EDITION, name_latin=f"KUMROU Number{turn}", phone=f"+8551297{turn:04}", province=province)
    for turn, province in enumerate(PROVINCES)
]
print(json.dumps([address_for(person) for person in people]))
