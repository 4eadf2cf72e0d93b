"""The ready-made lists: who is on them, who may take them, and the line that each leaves in the log."""

import importlib
import re
import uuid
from io import BytesIO

import pytest
from django.apps import apps
from django.db import IntegrityError
from django.utils.translation import override
from openpyxl import load_workbook

from agenda.choices import Kind
from agenda.models import Session
from conference.language.khmer import KHMER_LETTER
from registration.admin.access.sensitive import column_in_words
from registration.admin.lists.badges import CERTIFICATE_COLUMNS
from registration.admin.travel.papers import LETTER_COLUMNS, ROOMING_COLUMNS
from registration.choices import Look
from registration.figures.measures import questions_of
from registration.lists import files
from registration.lists.ready import ready_lists
from registration.models import AccessLog, Intake, Registration
from registration.models.access_log import LogIsKept
from registration.paper import badges
from registration.paper.parts import days_of, parts_for
from registration.signing_up import rules, transitions
from tests.factories import choice_of, make_answers, make_registration
from tests.pages import links, read
from tests.registration.admin.registrations.test_registration import member_of

ADMIN = "/admin/registration/registration/"
PAGE = f"{ADMIN}lists/"
ANSWERS = "/admin/registration/inclusionanswers/export/"
REASON = "CANARY-REASON for the sign language interpreters"


@pytest.fixture
def crowd(edition):
    make_registration(
        edition,
        name_km="សុខ ដារ៉ា",
        name_latin="SOK Dara",
        inclusion={"food": ["halal"], "access_needs": ["assistant"], "assistant_name": "CANARY-NAME"},
    )
    make_registration(
        edition,
        name_km="",
        name_latin="KUMROU Second",
        inclusion={"food": ["allergy", "halal"], "food_note": "CANARY-NUT"},
    )
    make_registration(edition, name_km="គំរូ ទីបី", name_latin="", inclusion={"gender": "woman", "groups": ["disability"]})
    transitions.cancel(make_registration(edition, name_km="", name_latin="GONE Person", inclusion={"food": ["vegan"]}))
    return edition


def table(edition, code):
    """The list as its rows, by the code of each column."""
    ready_list = next(one for one in ready_lists(edition) if one.code == code)
    return [dict(zip(files.codes(ready_list), row, strict=True)) for row in files.rows(ready_list)]


def sheets(response):
    book = load_workbook(BytesIO(b"".join(response)))
    return [[[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book.worksheets]


# --- who is on which list ---


@pytest.mark.parametrize("code", ["attendees", "contacts", "badges", "sign-in-day-1", "sign-in-day-2"])
def test_list_has_those_who_hold_a_place_by_name(crowd, code):
    assert [row["name_latin"] for row in table(crowd, code)] == ["KUMROU Second", "SOK Dara", ""]


LATIN_ORDER = ["chea sophal", "LY Dara", "Nguyen An", "NUON Bopha", "SOK Thy", "SOKHA Ny", "ZHANG Wei"]
KHMER_ORDER = [
    *["កក", "កា", "កែវ", "ក្រុង", "ខៀវ", "គង់", "គឹម", "ឃុន", "ងួន", "ចាន់", "ចេង", "ជា", "ជៀង", "ជុំ"],
    *["ឈឿន", "ឈៀង", "ឈុំ", "ញឹម", "តេង", "តាំង", "ទូច", "ទេព", "ធម្ម", "ធម៌", "ធារី", "នុត", "បាន"],
    *["ប៉ាន់", "បុន", "ប៊ុន", "ព្រំ", "ភួង", "មាស", "ម៉ៅ", "យន់", "រ័ត្ន", "រស់", "រិទ្ធី", "ឫទ្ធី"],
    *["លី", "វង្ស", "ស៊ាន", "សុខ ដារ៉ា", "សុខា", "សេង", "សោម", "សំ", "សាំ", "ស្រី", "ហ៊ុន", "ហេង"],
    *["ឡុង", "អាន", "អិត", "ឥន្ទ", "អុក", "អ៊ុក", "ឧត្តម", "ឯក", "ឱម", "អ្នក"],
]


@pytest.mark.parametrize(
    ("language", "name", "order"), [("en", "name_latin", LATIN_ORDER), ("km", "name_km", KHMER_ORDER)]
)
def test_names_are_sorted_as_a_person_expects(edition, language, name, order):
    first, *others = sorted(order, key=hash)
    person = make_registration(edition, **({"name_km": "", "name_latin": ""} | {name: first}))
    for number, text in enumerate(others, start=2):  # copies of the row: a sign-up of each would take long
        person.pk, person.code, person.form_token, person.place_no = None, f"AAAA{number:03}", uuid.uuid4(), number
        person.badge_token = None
        setattr(person, name, text)
        person.save(force_insert=True)
        person.days.set(edition.days.all())

    with override(language):
        assert [row[name] for row in table(edition, "sign-in-day-1")] == order


def test_names_that_are_stored_already_are_sorted_too(edition):
    """As they were kept before there was an order: the migration writes it."""
    rows = [make_registration(edition, name_km=name, name_latin="CHAN Bopha") for name in ("ឥន្ទ", "", "អិត")]
    before = dict(Registration.objects.values_list("pk", "name_km_order"))
    Registration.objects.update(name_km_order="")

    importlib.import_module("registration.migrations.0038_khmer_order").write_keys(apps, None)

    assert dict(Registration.objects.values_list("pk", "name_km_order")) == before
    assert [bool(before[row.pk]) for row in rows] == [True, False, True]


def test_days_have_ticks_and_totals(crowd):
    first, second = crowd.days.all()
    Registration.objects.get(name_latin="SOK Dara").days.remove(second)

    *people, totals = table(crowd, "days")

    ticks = {row["name_latin"]: (row[str(first.date)], row[str(second.date)]) for row in people}
    assert ticks["SOK Dara"] == ("✓", "")
    assert (totals["code"], totals[str(first.date)], totals[str(second.date)]) == ("People in all", "3", "2")


def test_meals_are_numbers_without_names(crowd):
    day = str(crowd.days.first().date)

    meals = {row["food"]: row[day] for row in table(crowd, "meals")}

    assert (meals["People in all"], meals["Halal"], meals["An allergy"], meals["Vegan"]) == ("3", "2", "1", "0")
    assert (meals["No special food"], meals["Assistants, who eat as well"]) == ("1", "1")
    assert "CANARY" not in str(table(crowd, "meals"))


def test_sign_in_sheet_has_an_empty_column_for_the_signature(crowd):
    assert {row["signature"] for row in table(crowd, "sign-in-day-1")} == {""}


@pytest.mark.parametrize("people", [1, 8])
def test_meals_take_one_query_for_few_and_many(edition, people, django_assert_num_queries):
    for _person in range(people):
        make_registration(edition, inclusion={"food": ["halal"]})
    meals = next(one for one in ready_lists(edition) if one.code == "meals")

    with django_assert_num_queries(1):
        list(files.rows(meals))


# --- the page, and who may take what ---


def test_every_link_on_the_page_opens_and_leaves_one_line(staff_client, crowd):
    addresses = {link for link in links(staff_client.get(PAGE)) if link.startswith(PAGE) and "edition=" in link}
    assert len(addresses) == 10 * 2 + 3

    for number, address in enumerate(sorted(addresses), start=1):
        response = staff_client.get(address)

        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"]
        assert AccessLog.objects.count() == number
        line = AccessLog.objects.first()
        assert (line.look, line.edition, line.reason) == (Look.EXPORT, crowd, None)


def test_desk_takes_people_and_no_meals(client, crowd):
    desk = member_of("Registration desk", client)

    text = read(desk.get(PAGE))

    assert "Contact list" in text
    assert "Meals" not in text
    assert desk.get(f"{PAGE}meals.xlsx").status_code == 403
    assert desk.get(ANSWERS).status_code == 403
    assert not AccessLog.objects.exists()


def test_officer_takes_meals_and_no_people(client, crowd):
    officer = member_of("Inclusion officers", client)

    assert "Contact list" not in read(officer.get(PAGE))
    assert officer.get(f"{PAGE}contacts.csv").status_code == 403
    assert officer.get(f"{PAGE}meals.csv").status_code == 200


@pytest.mark.parametrize("group", ["Programme editors", "Travel desk", "Observers"])
def test_others_take_no_list(client, crowd, group):
    member = member_of(group, client)

    addresses = [PAGE, f"{PAGE}attendees.csv", f"{PAGE}meals.csv", f"{PAGE}sign-in-day-1/", f"{PAGE}x.csv", ANSWERS]
    assert {member.get(address).status_code for address in addresses} == {403}


@pytest.mark.parametrize("address", ["x.csv", "sign-in-day-9.xlsx", "badges/", "badges.csv?edition=1999"])
def test_there_is_no_other_list(staff_client, crowd, address):
    assert staff_client.get(f"{PAGE}{address}").status_code == 404


def test_sheet_for_paper_names_everybody_who_comes(staff_client, crowd):
    response = staff_client.get(f"{PAGE}sign-in-day-1/")

    text = read(response)
    assert "SOK Dara" in text
    assert "GONE" not in text
    assert re.search('<td lang="km" *>សុខ ដារ៉ា</td>', response.content.decode())


def test_lists_speak_khmer(staff_client, crowd):
    staff_client.cookies["language"] = "km"

    rows, columns = sheets(staff_client.get(f"{PAGE}badges.xlsx"))

    assert [row[0] for row in columns[1:]] == ["name_km", "name_latin", "organisation", "part", "code", "photos"]
    assert rows[0][2] == "ស្ថាប័ន ឬក្រុម"
    assert rows[1][:2] == ["គំរូ ទីបី", ""]


# --- sensitive answers ---


def test_sensitive_answers_ask_for_a_reason(staff_client, crowd):
    staff_client.get(ANSWERS)
    text = read(staff_client.post(ANSWERS, {"reason": " "}))

    assert "Error: Write why you need this file." in text
    assert not AccessLog.objects.exists()


def test_sensitive_answers_come_with_a_notice_and_without_names(client, crowd):
    Intake.objects.update(erase_sensitive_on="2030-04-26")
    officer = member_of("Inclusion officers", client)

    notice, answers, columns = sheets(officer.post(ANSWERS, {"reason": REASON}))

    text = " ".join(str(row[0]) for row in notice)
    for words in (REASON, "Inclusion officers", "April 26, 2030", "ថ្ងៃទី២៦ ខែមេសា ឆ្នាំ២០៣០", "ចម្លើយរសើបរបស់អ្នកចូលរួម"):
        assert words in text
    people = crowd.registrations.holding_a_place()
    assert {row[0] for row in answers[1:]} == {person.spoken_code for person in people}
    assert any("CANARY-NUT" in row for row in answers)
    for name in ("SOK Dara", "សុខ ដារ៉ា", "CANARY-NAME"):
        assert name not in str([answers, columns])


def test_taking_sensitive_answers_leaves_one_line_with_the_reason(client, crowd):
    officer = member_of("Inclusion officers", client)
    officer.post(ANSWERS, {"reason": REASON})

    line = AccessLog.objects.get()
    assert (line.subject, line.count, line.edition, line.reason) == ("inclusion-answers-2024.xlsx", 3, crowd, REASON)
    assert "CANARY" not in line.columns + str(line)


# --- the log ---


def test_log_is_kept_as_it_was_written(staff_client, crowd):
    staff_client.get(f"{PAGE}badges.csv")
    line = AccessLog.objects.get()

    for change in (line.save, line.delete, AccessLog.objects.all().delete):
        with pytest.raises(LogIsKept):
            change()
    with pytest.raises(LogIsKept):
        AccessLog.objects.update(count=0)
    address = f"/admin/registration/accesslog/{line.pk}/"
    assert {staff_client.post(f"{address}{step}/", {"post": "yes"}).status_code for step in ("change", "delete")} == {
        403
    }
    assert AccessLog.objects.get() == line


def test_reason_without_an_edition_is_refused(staff_client, django_user_model):
    with pytest.raises(IntegrityError):
        AccessLog.objects.create(user=django_user_model.objects.get(), look=Look.EXPORT, subject="x", reason="x")


def test_rooms_say_who_goes_where(staff_client, edition):
    room = Session.objects.filter(parent__kind=Kind.BREAKOUT, kind=Kind.BREAKOUT).first()
    answers = make_answers(edition, name_latin="SOK Sample", hackathon="yes")
    answers.breakouts.append(choice_of(room))
    rules.sign_up(edition=edition, answers=answers, language="en", form_token=uuid.uuid4())

    response = staff_client.get("/admin/registration/registration/lists/rooms.csv")

    assert "SOK Sample" in response.content.decode()
    assert "Sustainable and Responsible Business" in response.content.decode()


def test_log_of_access_names_every_column_of_lists_and_paper_in_khmer(edition, admin_user):
    codes = {column.code for ready_list in ready_lists(edition) for column in ready_list.columns}
    for day in days_of(edition):
        codes |= {code for part in parts_for(admin_user, day) for code in part.columns}
    codes |= {*badges.ON_A_BADGE, *CERTIFICATE_COLUMNS, *ROOMING_COLUMNS, *LETTER_COLUMNS, "2024-03-26", "link"}
    codes |= {question.code for question in questions_of(edition)}

    with override("km"):
        words = {code: column_in_words(code) for code in codes}

    assert {code for code, word in words.items() if not KHMER_LETTER.search(word)} == set()
