"""75 people who are expected, 20 of whom ask for journey and room; and an account that may do everything.

`manage.py shell` runs it with the database of the site, and prints what leads into the account.
"""

from django.contrib.auth.models import User
from django.test import Client

from conference.models import Edition
from tests.factories import make_registration
from tests.travel_factories import make_budget, make_request

EDITION = Edition.objects.get(year=2024)

for number in range(75):
    person = {"name_latin": f"SAMPLE Person {number}", "phone": f"+8551298{number:04}"}
    if number < 20:
        make_request(EDITION, nights=[EDITION.starts_on], **person)
    else:
        make_registration(EDITION, **person)
make_budget(EDITION, for_a_night="60000", for_a_day="20000")
user = User.objects.create_superuser("chief-of-journeys", password="a long password")
client = Client()
client.force_login(user)
print(client.cookies["session"].value)
