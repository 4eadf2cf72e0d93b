"""Participants of earlier years who asked to be told are written to, and signed up by no one but themselves."""

from datetime import date

from registration.choices import Agreement, Subject
from registration.models import Message, Registration
from tests.factories import make_edition, make_registration, open_intake
from tests.registration.bringing_in.test_page import colleague

EARLIER = "/admin/registration/bringingin/earlier/?edition=2030"
RIGHTS = ["view_bringingin", "view_registration", "write_letter"]
ASKED = {Subject.LATER_EVENTS: Agreement.YES}


def test_one_press_begins_a_letter_to_who_asked_and_is_not_here(client, edition):
    colleague(client, *RIGHTS)
    new = make_edition(year=2030, starts_on=date(2030, 3, 26))
    open_intake(new)
    asked = make_registration(edition, name_latin="KUMROU Muoy", name_km="", phone="+85512000001", consents=ASKED)
    make_registration(edition, name_latin="KUMROU Pi", name_km="", phone="+85512000002")
    here = {"name_latin": "KUMROU Bei", "name_km": "", "phone": "+85512000003"}
    make_registration(edition, **here, consents=ASKED)
    make_registration(new, **here)
    told, number = Message.objects.count(), Registration.objects.count()

    html = client.get(EARLIER).content.decode()
    letter = client.post(EARLIER, {"year": "2024"}).content.decode()

    assert "They asked to be told: 1. Registered already: 1." in html
    assert f'name="keys" value="{asked.pk}"' in letter
    assert '<option value="later_event" selected>' in letter
    assert (Message.objects.count(), Registration.objects.count()) == (told, number)


def test_rights_to_see_people_and_to_write_are_needed(client, edition):
    colleague(client, "view_bringingin", "add_bringingin")

    assert client.get(EARLIER.replace("2030", "2024")).status_code == 403
