"""Apps on top give to the pages and the rules of the others, which know nothing of them (conference.rooms_above)."""

import uuid
from datetime import date
from importlib import import_module

import pytest
from django.apps import apps
from django.utils.translation import gettext_lazy as _

from agenda.editions.copying import copy_edition
from conference import rooms_above
from conference.models import Edition
from conference.rooms_above import Asked, Block, Erased, Link, RoomAbove, Waiting
from conference.serving import editions
from registration.admin.front_page import shelves, to_do
from registration.duplicates.merging import merge
from registration.models import Helper, Registration
from registration.own_page.data import everything
from registration.own_page.data_in_words import in_words
from registration.retention import erasing
from registration.signing_up import transitions
from registration.staff import GROUPS, all_groups
from tests.factories import make_edition, make_registration, open_intake
from tests.pages import read

NOTE = "includes/mark.html"


@pytest.fixture
def gives(monkeypatch):
    """What one room on top gives, in every place that asks."""

    def give(**what):
        found = (RoomAbove(**what),)
        for place in (
            *(
                "conference.rooms_above",
                "conference.templatetags.above",
                "agenda.editions.copying",
                "registration.staff",
                "registration.duplicates.merging",
            ),
            *("registration.retention.erasing", "registration.signing_up.transitions", "registration.own_page.data"),
            *("registration.admin.front_page.to_do", "registration.admin.front_page.shelves"),
        ):
            monkeypatch.setattr(f"{place}.rooms_above", lambda: found)
        # Its SQL was made for the rooms that there are in truth.
        monkeypatch.setattr(editions._PUBLIC_OF_YEAR, "_made", {})

    return give


def test_pages_show_what_a_room_gives(client, edition, gives):
    block = Block("includes/to_be_confirmed.html")
    gives(menu=lambda edition: [Link("Speak here", f"/en/{edition.year}/calls/")], home=lambda _edition: [block])

    page = client.get("/en/2024/").content.decode()

    assert '<a href="/en/2024/calls/" >Speak here</a>' in page
    assert '<span class="tbc">to be confirmed</span>' in page


def test_session_shows_what_a_room_gives_for_its_code(client, edition, gives):
    asked = []
    gives(session=lambda edition, code: asked.append((edition.year, code)) or [Block(NOTE)])
    code = edition.days.first().sessions.first().code

    assert client.get(f"/en/2024/agenda/{code}/").status_code == 200
    assert asked == [(2024, code)]


def test_staff_find_what_waits_in_a_room(gives, db, rf, django_user_model):
    waits = Waiting("sample", "agenda.view_session", Edition.objects.all, _("Sample"), "conference_edition_changelist")
    gives(waiting=(waits,), shelf="A shelf", tables="Sample Other")
    request = rf.get("/")
    request.user = django_user_model.objects.create_superuser("chief")
    listed = [{"models": [{"object_name": "Sample"}, {"object_name": "User"}, {"object_name": "Strange"}]}]

    assert "sample" in to_do.questions(request)
    found = {one.name: [table["object_name"] for table in one.tables] for one in shelves.shelves(listed)}
    assert list(found.items()) == [("A shelf", ["Sample"]), ("Accounts", ["User"]), ("Other tables", ["Strange"])]


def test_groups_of_a_room_are_added_to_those_that_are_there(gives):
    observers = next(name for name in GROUPS if name.startswith("Observers"))
    gives(groups={observers: {"sample.call": ("view",)}, "Readers": {"sample.call": ("view",)}})

    groups = all_groups()

    assert groups[observers] == GROUPS[observers] | {"sample.call": ("view",)}
    assert groups["Readers"] == {"sample.call": ("view",)}
    assert "sample.call" not in GROUPS[observers]


def test_what_a_room_keeps_is_erased_on_its_date(gives, db):
    edition = make_edition()
    intake = open_intake(edition, erase_sensitive_on=date(2030, 4, 26), erase_all_on=date(2030, 6, 25))
    Helper.objects.create(edition=edition, name="Sample helper", phone="+85512000111", form_token=uuid.uuid4())
    seen = []
    gives(
        erased=(
            Erased("needs of samples", lambda key: Edition.objects.filter(pk=key), seen.append, is_sensitive=True),
            Erased("samples", lambda key: Helper.objects.filter(edition=key)),
        )
    )

    assert erasing.what_goes(intake, date(2030, 4, 26))["needs of samples"] == 1
    assert "samples" not in erasing.what_goes(intake, date(2030, 4, 26))
    erasing.erase(edition, date(2030, 4, 26))
    assert len(seen) == 1
    assert Helper.objects.exists()

    assert erasing.erase(edition, date(2030, 6, 25))["samples"] == 1
    assert not Helper.objects.exists()


def test_a_room_forgets_a_person_who_wishes_it_and_shows_them_what_it_keeps(gives, db):
    edition = make_edition()
    open_intake(edition)
    person, forgotten = make_registration(edition), []
    gives(
        forget=lambda row: forgotten.append((row.pk, Registration.objects.filter(pk=row.pk).exists())),
        own_data=lambda _row: [{"question": "Your sample", "answer": "Sample words"}],
    )

    [part] = [
        part for part in in_words(everything(person)) if part.entries[:1] and part.entries[0][0].label == "Your sample"
    ]
    assert part.entries[0][0].text == "Sample words"
    key = person.pk
    transitions.erase(person)
    assert forgotten == [(key, True)]


def test_a_copied_edition_is_told_to_a_room(gives, edition):
    seen = []
    gives(copied=lambda old, new: seen.append((old.year, new.year)))

    copy_edition(edition, date(2025, 3, 26))

    assert seen == [(2024, 2025)]


def test_apps_on_top_are_those_with_rooms():
    there = [name for name in ("contributions", "hackathon") if apps.is_installed(name)]
    assert list(rooms_above.apps_above()) == there


def test_a_room_is_told_before_two_registrations_of_a_person_become_one(gives, db, admin_user):
    edition = make_edition()
    open_intake(edition)
    kept, other, seen = make_registration(edition), make_registration(edition), []
    gives(
        merged=lambda *both: seen.append([(row.pk, Registration.objects.filter(pk=row.pk).exists()) for row in both])
    )

    merge(kept, other, by=admin_user)

    assert seen == [[(kept.pk, True), (other.pk, True)]]


def test_page_about_data_says_what_a_room_asks(client, edition, gives):
    gives(asked=(Asked("Sample thing", (_("Sample reason."), "Staff alone see it.")),))

    assert "Sample thing Sample reason. Staff alone see it." in read(client.get("/en/2024/privacy/"))


def test_every_app_that_erases_what_people_send_says_on_the_page_about_data_what_it_asks():
    above = {app: import_module(f"{app}.above").ROOMS for app in rooms_above.apps_above()}
    erase = {app for app, rooms in above.items() if any(room.erased for room in rooms)}
    assert erase == {app for app, rooms in above.items() if any(room.asked for room in rooms)}


@pytest.mark.parametrize("has_rows", [True, False])
def test_pages_ask_only_a_room_that_has_rows_of_their_edition(client, edition, gives, has_rows):
    rows = Edition.objects.filter if has_rows else Edition.objects.none().filter
    gives(has=lambda key: rows(pk=key), menu=lambda _edition: [Link("Speak here", "/")])

    assert ("Speak here" in client.get("/en/2024/").content.decode()) == has_rows
