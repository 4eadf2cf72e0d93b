"""Lists come in by the rules of signing up; who is in doubt waits for staff; a whole list can be undone."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conference.models import Edition
from registration.admin.bringing_in import looking
from registration.bringing_in import undoing, writing
from registration.choices import MessageState, Status
from registration.links import address_for
from registration.models import Attendance, BringingIn, Consent, Helper, Intake, Message, Registration
from registration.signing_up import transitions
from tests.registration.bringing_in.samples import KHMER, as_text, people
from tests.registration.bringing_in.test_page import ADD, SAID, bring_in, colleague, looked, paste, ticked

RIGHTS = ["view_bringingin", "add_bringingin", "add_registration"]
GUESTS = [
    ["No.", "Name", "Institution", "Role", "Position"],
    ["1", "H.E. KUMROU Muoy", "Sample Ministry", "Speaker", "Director"],
]
THROUGH = {"helper_name": "Sample Colleague", "helper_phone": "012 000 009"}


@pytest.fixture
def desk(client, db):
    return colleague(client, *RIGHTS)


def reasons(client, address):
    return [(one.found.value, *one.reasons) for one in looked(client, address)["looked"].people]


def test_guests_without_a_contact_wait_for_the_person_through_whom_they_are_reached(desk, edition):
    address = paste(desk, edition, as_text(*GUESTS))

    [(found, reason)] = reasons(desk, address)

    assert found == "unread"
    assert reason.startswith("No telephone number")


def test_guests_with_a_place_and_no_form_come_in_through_a_colleague(desk, edition):
    address = paste(desk, edition, as_text(*GUESTS))
    desk.post(address, {"look": "", "days": ["2024-03-26"], "language": "km", **THROUGH})

    bring_in(desk, address, **THROUGH)

    row = Registration.objects.get()
    assert (row.name_latin, row.part, row.organisation, row.remark) == (
        *("KUMROU Muoy", "speaker", "Sample Ministry", "Position: Director"),
    )
    assert (row.province, row.sector, row.helper.name) == ("", "", "Sample Colleague")
    assert row.status == Status.CONFIRMED


def test_same_colleague_is_one_helper(desk, edition):
    rows = [*GUESTS, ["2", "KUMROU Pi", "Sample Institute", "Guest", ""]]
    address = paste(desk, edition, as_text(*rows))
    desk.post(address, {"look": "", **THROUGH})

    bring_in(desk, address, **THROUGH)

    assert Registration.objects.count() == 2
    assert Helper.objects.count() == 1


@pytest.mark.parametrize(
    ("heading", "cell", "found", "said"),
    [
        ("Do you agree that we use your data?", "No", "unread", "without their agreement"),
        ("Do you agree that we use your data?", "Maybe", "doubt", "is this a yes?"),
        ("Do you agree that we use your data?", "", "doubt", "is this a yes?"),
        ("Do you agree that we use your data?", "N/A", "doubt", "is this a yes?"),
        ("Do you agree that we use your data?", "Yes, but only this year", "doubt", "is this a yes?"),
        ("I do not agree that you use my data", "Yes", "doubt", "is this a yes?"),
        ("Age", "15", "unread", "under 18"),
        ("Are you 18 or over?", "No", "unread", "under 18"),
        ("Are you 18 or over?", "Under 18", "unread", "under 18"),
        ("Are you 18 or over?", "I am 17", "unread", "under 18"),
        ("Are you 18 or over?", "ក្រោម ១៨ ឆ្នាំ", "unread", "under 18"),
        ("Are you 18 or over?", "Perhaps", "doubt", "is this a yes?"),
        ("Status", "Cancelled", "doubt", "says “Cancelled”"),
        ("Status", "Declined (by e-mail)", "doubt", "says “Declined"),
        ("Confirmed?", "No", "doubt", "says “No”"),
        ("Phone number", "8.55123E+10", "doubt", "Excel has cut digits off"),
        ("E-mail address", "none yet", "doubt", "is no e-mail address"),
        ("Which days?", "perhaps", "doubt", "no day of the conference"),
        ("Will you attend?", "No", "doubt", "no day of the conference"),
        ("Will you come on Day 1?", "No", "doubt", "no day of the conference"),
    ],
)
def test_what_is_in_doubt_is_not_ticked_and_says_why(desk, edition, heading, cell, found, said):
    usual = {"Phone number": "012 000 001", "E-mail address": "sample@example.org"}
    others = [["KUMROU Pi", "012 000 002", "pi@example.org", usual.get(heading, "")] for _one in "a"]
    rows = [["Name", "Telephone", "Email", heading], ["KUMROU Muoy", "012 000 001", "muoy@example.org", cell], *others]

    address = paste(desk, edition, as_text(*rows))

    first = reasons(desk, address)[0]
    assert first[0] == found
    assert said in " ".join(first)
    assert "0-2" not in ticked(desk.get(address).content.decode())


@pytest.mark.parametrize(
    ("heading", "cell", "answer"),
    [
        ("May we photograph you?", "Yes", "yes"),
        ("May we photograph you?", "Yes, but not on Facebook", "not_said"),
        ("May we photograph you?", "Yes, only from behind", "not_said"),
        ("May we photograph you?", "បាទ ប៉ុន្តែមិនដាក់លើ Facebook", "not_said"),
        ("May we photograph you, or not?", "Yes", "yes"),
        ("Photos (if you do not want them, write no)", "Yes", "yes"),
        ("តើអ្នកយល់ព្រមឱ្យថតរូប ឬមិនយល់ព្រម?", "យល់ព្រម", "yes"),
        ("I do not want to be photographed", "Yes", "no"),
        ("I do not want to be photographed", "No", "not_said"),
        ("ខ្ញុំមិនចង់ឱ្យថតរូប", "បាទ", "no"),
        ("Please don’t take photos of me", "x", "no"),
    ],
)
def test_agreement_is_never_more_than_what_was_said(desk, edition, heading, cell, answer):
    rows = [["Name", "Telephone", heading], ["KUMROU Muoy", "012 000 001", cell]]

    [one] = looked(desk, paste(desk, edition, as_text(*rows)))["looked"].people

    assert one.row.consents["photos"] == answer


def test_name_keeps_both_brackets_or_none(desk, edition):
    names = ["KUMROU Muoy (Manager)", "គំរូ ពីរ (KUMROU Pi)", "KUMROU Bei (គំរូ បី)"]
    rows = [["Name", "Telephone"], *([name, f"012 000 10{at}"] for at, name in enumerate(names))]

    people = looked(desk, paste(desk, edition, as_text(*rows)))["looked"].people

    assert [one.row.person["name_latin"] for one in people] == ["KUMROU Muoy", "KUMROU Pi", "KUMROU Bei"]
    assert people[0].reasons == ("Beside the name stands “Manager”. It is left out.",)


def test_cell_of_a_column_that_is_left_out_is_not_shown(desk, edition):
    rows = [["Name", "Telephone", "About your health"], ["KUMROU Muoy", "012 000 001", ""], ["", "", "CANARY"]]

    html = desk.get(paste(desk, edition, as_text(*rows))).content.decode()

    assert "row 3" in html.lower()
    assert "CANARY" not in html


def test_every_row_and_column_is_somewhere_or_named(desk, edition):
    rows = [
        ["List of guests", "", "", ""],
        ["No.", "Name", "Telephone", "Shoe size"],
        ["1", "KUMROU Muoy", "012 000 001", "41"],
        ["", "Ministry of Samples", "", ""],
        ["2", "KUMROU Pi", "012 000 002", "42"],
        ["3", "", "", ""],
        ["4", "KUMROU Muoy", "012 000 001", "41"],
    ]

    found = looked(desk, paste(desk, edition, as_text(*rows)))["looked"]

    assert [one.found.value for one in found.people] == ["new", "unread", "new", "twice"]
    assert found.columns_left_out == [("Shoe size", "The form does not ask this, or it is not known what it is.")]
    assert [(where, text) for where, text, _reason in found.passed] == [("row 1", "List of guests"), ("row 6", "3")]
    assert found.rows == 7


def test_contact_under_the_wrong_heading_is_not_lost(desk, edition):
    rows = [["Name", "Phone"], ["Kumrou, Muoy", "email: muoy@example.org"], ["KUMROU Pi", "012 000 002"]]

    [first, _second] = looked(desk, paste(desk, edition, as_text(*rows)))["looked"].people

    assert (first.row.names, first.row.person["email"]) == (["Kumrou Muoy"], "muoy@example.org")


def test_columns_are_set_by_hand(desk, edition):
    rows = [["Who", "Reach", "Why"], ["KUMROU Muoy", "012 000 001", "KUMROU Pi"]]
    address = paste(desk, edition, as_text(*rows))

    html = desk.post(address, {"look": "", "column-0-2": "name", "column-0-0": "ignored"}).content.decode()

    assert "KUMROU Pi</label>" in html
    assert "KUMROU Muoy</label>" not in html


def test_message_to_each_where_staff_say_so(desk, edition):
    address = paste(desk, edition, as_text(KHMER, *people(3)))

    bring_in(desk, address, is_told="yes")

    assert Message.objects.count() == 3
    assert set(Consent.objects.filter(subject="data_use").values_list("wording", flat=True)) == {
        *("elsewhere 2024-02-01", "elsewhere 2024-02-02", "elsewhere 2024-02-03"),
    }


def test_day_that_has_not_come_is_no_day_of_an_agreement(desk, edition):
    rows = [["Timestamp", "Name", "Telephone"], ["2099-02-01 10:00", "KUMROU Muoy", "012 000 001"]]

    bring_in(desk, paste(desk, edition, as_text(*rows)))

    assert set(Consent.objects.values_list("wording", flat=True)) == {"elsewhere 2024-02-01"}


@pytest.mark.parametrize(("said", "number"), [({"rest": "on"}, 5), ({}, 2)])
def test_new_people_beyond_what_a_form_takes_have_one_box(desk, edition, monkeypatch, said, number):
    monkeypatch.setattr(looking, "MOST_BOXES", len(KHMER) + 2)
    address = paste(desk, edition, as_text(KHMER, *people(5)))

    context = looked(desk, address)
    bring_in(desk, address, **said)

    assert (len(context["lines"]), len(context["rest"])) == (2, 3)
    assert Registration.objects.count() == number


def test_without_agreement_and_days_nothing_comes_in(desk, edition):
    address = paste(desk, edition, as_text(KHMER, *people(3)))

    html = desk.post(address, {"apply": "", "row": ["0-2"], "agreed_on": "soon"}).content.decode()

    assert Registration.objects.count() == 0
    assert "Without their agreement we may not keep these answers." in html
    assert "Write the day, for example 2031-03-26." in html
    assert ticked(html) == ["0-2"]


def test_full_conference_puts_them_on_the_waiting_list(desk, edition):
    Intake.objects.update(capacity=2)

    bring_in(desk, paste(desk, edition, as_text(KHMER, *people(3))))

    assert sorted(Registration.objects.values_list("status", flat=True)) == ["confirmed", "confirmed", "waiting"]


def test_undone_until_the_first_change_of_a_person(desk, edition):
    address = paste(desk, edition, as_text(KHMER, *people(4)))
    bring_in(desk, address)
    changed, told, *_others = Registration.objects.order_by("pk")
    transitions.cancel(changed)
    Message.objects.create(
        registration=told, kind="letter", state=MessageState.SENT, contact="", due_at=timezone.now()
    )

    html = desk.get(address).content.decode()
    desk.post(address, {"undo": ""})

    assert "was changed since" in html
    assert "has had a message" in html
    assert set(Registration.objects.all()) == {changed, told}
    assert BringingIn.objects.get().undone_at
    assert "Undo the list" not in desk.get(address).content.decode()


def test_undoing_after_the_conference_leaves_who_was_there(desk, edition):
    address = paste(desk, edition, as_text(KHMER, *people(2)))
    bring_in(desk, address)
    was_there, _other = Registration.objects.order_by("pk")
    Attendance.objects.create(registration=was_there, day=was_there.days.first())
    BringingIn.objects.update(begun_at=timezone.now() - timedelta(days=10))
    put_in_the_past(edition)

    desk.post(address, {"undo": ""})

    assert Registration.objects.get() == was_there


def test_list_of_who_was_there_is_undone_whole(desk, edition):
    put_in_the_past(edition)
    address = paste(desk, edition, as_text(KHMER, *people(2)))
    bring_in(desk, address)
    assert Attendance.objects.exists()

    desk.post(address, {"undo": ""})

    assert not Registration.objects.exists()


def put_in_the_past(edition):
    yesterday = timezone.localdate() - timedelta(days=1)
    Edition.objects.filter(pk=edition.pk).update(starts_on=yesterday - timedelta(days=1), ends_on=yesterday)


def test_half_a_list_that_was_forgotten_can_be_undone(desk, edition, monkeypatch):
    address = one_row_of(desk, edition, monkeypatch)
    BringingIn.objects.update(begun_at=timezone.now() - timedelta(hours=25))
    BringingIn.objects.forget_past()

    assert "Undo the list" in desk.get(address).content.decode()
    desk.post(address, {"undo": ""})

    assert not Registration.objects.exists()


@pytest.mark.parametrize("button", ["forget", "look", "apply"])
def test_page_that_is_open_in_another_tab_brings_no_one_in(desk, edition, monkeypatch, button):
    address = one_row_of(desk, edition, monkeypatch)

    html = desk.post(address, {**SAID, "row": ["0-4"], button: ""}, follow=True).content.decode()

    assert "you have begun to bring in this list already" in html
    assert Registration.objects.count() == 1


def one_row_of(desk, edition, monkeypatch):
    """The address of a list of which one row is in, and two wait."""
    monkeypatch.setattr(writing, "SECONDS", -1)
    address = paste(desk, edition, as_text(KHMER, *people(3)))
    desk.post(address, {**SAID, "row": ["0-2", "0-3", "0-4"], "apply": ""})
    assert Registration.objects.count() == 1
    return address


def test_who_has_cancelled_comes_in_anew_only_where_staff_say_so(desk, edition):
    text = as_text(KHMER, *people(2))
    bring_in(desk, paste(desk, edition, text))
    for row in Registration.objects.all():
        transitions.cancel(row)

    address = paste(desk, edition, text)
    assert [found for found, *_why in reasons(desk, address)] == ["doubt", "doubt"]
    assert ticked(desk.get(address).content.decode()) == []
    for _twice in "ab":
        bring_in(desk, paste(desk, edition, text), row=["0-2"])

    assert sorted(Registration.objects.values_list("status", flat=True)) == ["cancelled", "cancelled", "confirmed"]


def test_undone_list_comes_in_again(desk, edition):
    text = as_text(KHMER, *people(2))
    address = paste(desk, edition, text)
    bring_in(desk, address)
    desk.post(address, {"undo": ""})

    bring_in(desk, paste(desk, edition, text))

    assert Registration.objects.count() == 2


def test_only_who_pasted_it_sees_what_waits(desk, edition, client):
    address = paste(desk, edition, as_text(KHMER, *people(2)))
    other = get_user_model().objects.create_superuser("other", password="a long password")
    client.force_login(other)

    html = client.get(address).content.decode()
    client.post(address, {"apply": "", "row": ["0-2"]})

    assert "Only they see it." in html
    assert people(2)[0][1] not in html
    assert Registration.objects.count() == 0


def test_what_waits_is_forgotten_after_a_day(desk, edition):
    address = paste(desk, edition, as_text(KHMER, *people(2)))
    BringingIn.objects.update(begun_at=timezone.now() - timedelta(hours=25))

    assert "forgotten" in desk.get(address).content.decode()
    BringingIn.objects.forget_past()

    assert not BringingIn.objects.exists()


def test_process_that_died_in_between_is_followed_by_the_next_press(desk, edition, monkeypatch):
    address = paste(desk, edition, as_text(KHMER, *people(3)))
    html = desk.get(address).content.decode()
    monkeypatch.setattr(BringingIn, "save", lambda *args, **kwargs: None)  # what came in is not noted in the list
    bring_in_once = {**SAID, "row": ticked(html), "apply": ""}
    desk.post(address, bring_in_once)
    monkeypatch.undo()

    bring_in(desk, address)

    listed = BringingIn.objects.get()
    assert (listed.people, listed.known, Registration.objects.count()) == (3, 0, 3)


def test_done_list_keeps_no_cell(desk, edition):
    bring_in(desk, paste(desk, edition, as_text(KHMER, *people(2))))

    assert people(2)[0][1] not in BringingIn.objects.get().waiting


@pytest.mark.parametrize("missing", RIGHTS)
def test_each_right_is_needed(client, edition, missing):
    colleague(client, *[right for right in RIGHTS if right != missing])

    status = client.get(ADD).status_code
    listed = BringingIn.objects.create(edition=edition)
    seen = client.get(f"/admin/registration/bringingin/{listed.pk}/change/").status_code

    assert (status, seen) == ((200, 403) if missing == "view_bringingin" else (403, 200))


@pytest.mark.parametrize(
    ("text", "said"),
    [("", "Paste the list"), ("hello", "No table was found"), ("Name\tPhone\n" + "a\tb\n" * 2001, "At most 2,000")],
    ids=["nothing", "no table", "too many"],
)
def test_what_is_no_list_gets_an_answer(desk, edition, text, said):
    html = desk.post(ADD, {"edition": edition.pk, "text": text}).content.decode()

    assert said in html
    assert not BringingIn.objects.exists()


def test_own_page_asks_what_the_list_did_not_say(desk, edition):
    Intake.objects.update(changes_until=timezone.now() + timedelta(days=1))
    rows = [["Name", "Phone number"], ["KUMROU Muoy", "012 000 001"]]
    bring_in(desk, paste(desk, edition, as_text(*rows)), language="en")
    row = Registration.objects.get()

    visitor = Client()
    html = visitor.get(address_for(row), follow=True).content.decode()

    assert "#id_sector" in html
    assert "#id_province" in html
    assert "asked elsewhere, on" in html


def test_undoing_asks_no_more_of_the_database_for_more_people(desk, edition):
    """All sign-ups wait meanwhile."""
    asked = []
    for number in (2, 12):
        address = paste(desk, edition, as_text(KHMER, *people(number, seed=number)))
        bring_in(desk, address)
        with CaptureQueriesContext(connection) as queries:
            undoing.undo(BringingIn.objects.first())
        asked.append(len(queries))

    assert not Registration.objects.exists()
    assert asked[0] == asked[1]
