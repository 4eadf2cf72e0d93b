"""One row at least of what staff work with, and the addresses of all pages of the admin that a look can open.

`manage.py shell` runs it with the database of the site, and prints what leads into the account, and the addresses.
"""

import json
import uuid
from datetime import timedelta

from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from conference.models import Edition
from registration.models import (
    ChangeRequest,
    GuardianCall,
    Helper,
    Hotel,
    HotelRoom,
    Invitation,
    Letter,
    MessageText,
    Registration,
    TravelExpense,
)
from tests.factories import make_letter, make_planned_letter, make_question, make_registration
from tests.travel_factories import make_budget, make_request

OF_OURS = {"agenda", "conference", "registration", "auth"}
BESIDES = ["admin:index", "staff_guide", "first_steps", "account", "volunteers", "desk:today", "paper:first"]
EDITION = Edition.objects.get(year=2024)
KEYS = {"pk", "object_id"}
NEEDS = {"access_needs": ["captions"], "groups": ["indigenous"]}


def fill():
    person = make_registration(EDITION, name_km="គំរូ មួយ", organisation="Sample organisation", inclusion=NEEDS)
    make_registration(EDITION, name_latin="SAMPLE Second", phone="+85512000002")
    asked = make_request(EDITION, name_latin="SAMPLE Third", phone="+85512000003", nights=[EDITION.starts_on])
    make_budget(EDITION, for_a_night="60000", for_a_day="20000")
    room = HotelRoom.objects.create(hotel=Hotel.objects.create(edition=EDITION, name="Sample Hotel"), name="1", beds=2)
    room.stays.create(travel_request=asked, night=EDITION.starts_on, bed=1)
    TravelExpense.objects.create(edition=EDITION, travel_request=asked, kind="there", planned="50000")
    until = timezone.now() + timedelta(days=1)
    guest = make_registration(EDITION, name_latin="SAMPLE Guest", phone="+85512000004")
    Registration.objects.filter(pk=guest.pk).update(status="offered", offered_until=until)
    Invitation.objects.create(registration=guest)
    ChangeRequest.objects.create(registration=person, text="A sample wish.")
    parent = {"guardian_name": "SAMPLE Parent", "guardian_phone": "+85512000005", "child_name": "Sample"}
    GuardianCall.objects.create(edition=EDITION, parent_key=uuid.uuid4(), language="km", **parent)
    Helper.objects.create(
        edition=EDITION, form_token=uuid.uuid4(), name="SAMPLE Helper", phone="+85512000006", language="km"
    )
    MessageText.objects.create(edition=EDITION, kind="confirmed", body_en="Sample", body_km="គំរូ")
    make_question(EDITION, options=["Sample red", "Sample blue"])
    make_planned_letter(EDITION, seconds=3600)
    if not Letter.objects.exists():
        make_letter(EDITION)


def addresses():
    for model, model_admin in admin.site._registry.items():
        if model._meta.app_label not in OF_OURS:
            continue
        row = model._base_manager.first()
        for one in model_admin.get_urls():
            arguments = list(one.pattern.converters)
            if not one.name or (arguments and (len(arguments) > 1 or row is None or arguments[0] not in KEYS)):
                continue
            try:
                yield reverse(f"admin:{one.name}", args=[row.pk] if arguments else [])
            except NoReverseMatch:
                yield reverse(one.name, args=[row.pk] if arguments else [])
    yield from map(reverse, BESIDES)


def open_to(client, address):
    """Where it leads to, if a page is shown there."""
    answer = client.get(address, follow=True)
    is_page = answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html")
    return answer.request["PATH_INFO"] if is_page else None


fill()
client = Client(headers={"host": "127.0.0.1"})
client.force_login(User.objects.create_superuser("chief-of-pages", password="a long password"))
found = dict.fromkeys(filter(None, (open_to(client, address) for address in addresses())))
print(json.dumps({"session": client.cookies["session"].value, "pages": list(found)}))
