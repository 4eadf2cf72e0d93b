"""The page of a day: a line for each session, opened in place."""

import json
import re
from datetime import time

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agenda.choices import AppearanceState, Kind
from agenda.models import Appearance, Day, Room, Session, Speaker
from tests.factories import make_day, make_edition, make_session
from tests.pages import heard_of, links, read


@pytest.fixture
def day(db):
    return make_day(make_edition())


@pytest.fixture
def hall(day):
    return Room.objects.create(edition=day.edition, name_en="Hall")


@pytest.fixture
def talk(day, hall):
    return make_session(day, title_en="Talk", room=hall)


def page_of(day, asked=""):
    return f"/admin/agenda/day/{day.pk}/change/{asked}"


def open_row(session, asked="row={}"):
    return page_of(session.day, "?" + asked.format(session.pk))


def typed(client, session, **fields):
    """What a browser sends of a row that was opened, with what was typed into it."""
    return sent(client, open_row(session), f"s{session.pk}", fields)


def sent(client, address, prefix, fields):
    sheet = client.get(address).context["sheet"]
    form = next(form for form in sheet.forms if form.prefix == prefix)
    data = {f"{prefix}-{name}": value for name, value in (form.now | fields).items()}
    return data | {f"{prefix}-seen": form.seen}


def with_rights(client, *rights):
    user = get_user_model().objects.create_user("few", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=rights, content_type__app_label="agenda"))
    client.force_login(user)
    return client


def test_line_says_when_what_state_who_and_where_in_the_language_of_the_staff(staff_client, talk):
    Session.objects.filter(pk=talk.pk).update(title_km="បទបង្ហាញ", state="to_be_confirmed")
    person = Speaker.objects.create(name_en="SAMPLE Person")
    Appearance.objects.create(session=talk, speaker=person)
    Appearance.objects.create(session=talk, label_en="Gone", state=AppearanceState.DECLINED)

    text = read(staff_client.get(page_of(talk.day)))
    assert "9:00 – 10:00 Talk to be confirmed SAMPLE Person (to be confirmed) Hall" in text
    assert "Gone" not in text

    staff_client.post("/language/setlang/", {"language": "km", "next": "/admin/"})
    assert "៩:០០ – ១០:០០ បទបង្ហាញ រង់ចាំបញ្ជាក់" in read(staff_client.get(page_of(talk.day)))


def test_what_stands_under_a_session_stands_under_its_line(staff_client, talk):
    make_session(talk.day, parent=talk, kind=Kind.TOPIC, title_en="Topic", starts_at=None, ends_at=None)
    make_session(talk.day, title_en="Lunch", starts_at="12:00", ends_at="13:00")

    page = staff_client.get(page_of(talk.day))

    assert [line.name for line in page.context["sheet"].lines] == ["9:00 Talk", "12:00 Lunch"]
    assert [text for text in heard_of(page, "li", id=f"s{talk.pk}") if "Topic" in text]


def test_every_control_of_an_open_line_is_named_by_column_and_row(staff_client, talk):
    page = staff_client.get(open_row(talk))

    html = page.content.decode()
    controls = set(re.findall(rf'<(?:input|select)[^>]* id="(id_s{talk.pk}-\w+)"', html))
    names = dict(re.findall(r'<label for="(id_s\d+-\w+)"\s*>(.*?)</label>', html, re.DOTALL))
    assert controls == set(names) != set()
    assert {re.sub(r"<[^>]*>", "", name).partition(", ")[2].strip() for name in names.values()} == {"9:00 Talk"}


def test_lines_are_links_and_only_what_is_open_has_a_form(staff_client, talk):
    other = make_session(talk.day, title_en="Lunch", starts_at="12:00", ends_at="13:00")

    page = staff_client.get(open_row(talk))

    assert [form.instance for form in page.context["sheet"].forms] == [talk]
    assert f"?row={other.pk}" in links(page)
    assert len(staff_client.get(page_of(talk.day, "?row=all")).context["sheet"].forms) == 2


@pytest.mark.parametrize(("starts_at", "ends_at"), [("8h32", "៨.៣៥ ព្រឹក"), ("8.32", "835")])
def test_times_are_read_as_people_write_them(staff_client, talk, starts_at, ends_at):
    answer = staff_client.post(open_row(talk), typed(staff_client, talk, starts_at=starts_at, ends_at=ends_at))

    talk.refresh_from_db()
    assert (talk.starts_at, talk.ends_at) == (time(8, 32), time(8, 35))
    assert answer.url == page_of(talk.day, f"#s{talk.pk}")
    assert json.loads(LogEntry.objects.get().change_message) == [{"changed": {"fields": ["From", "To"]}}]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"starts_at": "8:3"}, "Write a time such as 8:30 or 17:45."),
        ({"starts_at": "11:00"}, "the end after the beginning"),
        ({"starts_at": "", "ends_at": ""}, "or say under which session it stands"),
        ({"title_en": ""}, "Write this text in at least one language"),
    ],
)
def test_bad_input_is_told_and_loses_nothing(staff_client, talk, fields, said):
    data = typed(staff_client, talk, title_km="សាកល្បង", **fields) | {"next": "1"}
    if "title_en" in fields:
        data[f"s{talk.pk}-title_km"] = ""

    answer = staff_client.post(open_row(talk), data)

    assert answer.status_code == 400
    assert said in read(answer)
    form = answer.context["sheet"].forms[0]
    assert {name: form[name].value() for name in fields} == fields
    talk.refresh_from_db()
    assert (talk.title_en, talk.title_km, talk.starts_at) == ("Talk", "", time(9))


def test_what_a_colleague_changed_meanwhile_stays(staff_client, talk):
    data = typed(staff_client, talk, title_en="Another talk")
    Session.objects.filter(pk=talk.pk).update(room=None, title_km="ថ្មី", position=7)

    assert staff_client.post(open_row(talk), data).status_code == 302

    talk.refresh_from_db()
    assert (talk.title_en, talk.title_km, talk.room, talk.position) == ("Another talk", "ថ្មី", None, 7)


def test_what_both_have_changed_is_asked_about_and_then_written(staff_client, talk):
    data = typed(staff_client, talk, title_en="Mine")
    Session.objects.filter(pk=talk.pk).update(title_en="Theirs")

    answer = staff_client.post(open_row(talk), data)

    talk.refresh_from_db()
    assert (answer.status_code, talk.title_en) == (400, "Theirs")
    assert "A colleague has changed this meanwhile: “Theirs”." in read(answer)
    assert answer.context["sheet"].forms[0]["title_en"].value() == "Mine"

    staff_client.post(open_row(talk), data | {f"s{talk.pk}-seen": answer.context["sheet"].forms[0].seen})
    talk.refresh_from_db()
    assert talk.title_en == "Mine"


@pytest.mark.parametrize("seen", ["", "nothing", "[]", '{"title_en": [1]}', "[" * 100_000])
def test_what_the_page_showed_is_not_trusted(staff_client, talk, seen):
    data = {f"s{talk.pk}-seen": seen, f"s{talk.pk}-position": "5"}

    assert staff_client.post(open_row(talk), data).status_code in (302, 400)

    talk.refresh_from_db()
    assert (talk.title_en, talk.position) == ("Talk", 5)


def test_what_was_typed_for_a_session_that_is_gone_can_be_saved_anew(staff_client, talk):
    address, data = open_row(talk), typed(staff_client, talk, title_en="Typed")
    talk.delete()

    answer = staff_client.post(address, data)
    assert answer.status_code == 400
    assert "A colleague has deleted this session meanwhile." in read(answer)
    assert "?row=new" in answer.content.decode()

    again = {f"new-{name}": answer.context["sheet"].new[name].value() for name in answer.context["sheet"].new.fields}
    assert staff_client.post(page_of(talk.day, "?row=new"), again).status_code == 302
    assert Session.objects.get().title_en == "Typed"


def test_clashes_are_told_when_saving_and_stay_beside_the_lines(staff_client, talk, hall):
    person = Speaker.objects.create(name_en="SAMPLE Person")
    other = make_session(talk.day, title_en="Panel", starts_at="10:00", ends_at="11:00", room=hall)
    for session in (talk, other):
        Appearance.objects.create(session=session, speaker=person)

    data = typed(staff_client, other, starts_at="9:30")
    page = staff_client.post(open_row(other), data, follow=True)

    said = [str(message) for message in page.context["messages"]]
    assert "9:30 Panel: At the same time in one room: “9:00 Talk”" in said
    assert "9:30 Panel: At the same time with the same person: “9:00 Talk”" in said
    assert "At the same time in one room: “9:30 Panel”" in read(page)


def test_save_leads_on_to_the_next_line(staff_client, talk):
    other = make_session(talk.day, title_en="Lunch", starts_at="12:00", ends_at="13:00")

    data = typed(staff_client, talk, title_en="Talk 2") | {"next": "1"}

    assert staff_client.post(open_row(talk), data).url == open_row(other)


def test_new_session_begins_where_the_one_before_it_ends_and_leads_to_another(staff_client, talk, hall):
    address = open_row(talk, "row=new&after={}")
    form = staff_client.get(address).context["sheet"].forms[0]
    assert (form["starts_at"].value(), form["room"].value()) == (time(10), hall.pk)

    data = sent(staff_client, address, "new", {"ends_at": "10:30", "title_en": "Coffee"})
    answer = staff_client.post(address, data | {"another": "1"})

    new = Session.objects.get(title_en="Coffee")
    assert (new.starts_at, new.ends_at, new.room) == (time(10), time(10, 30), hall)
    assert answer.url == open_row(new, "row=new&after={}")


def test_new_session_inside_another_needs_no_time(staff_client, talk):
    address = open_row(talk, "row=new&under={}")

    data = sent(staff_client, address, "new", {"kind": Kind.TOPIC, "title_en": "Topic"})

    assert staff_client.post(address, data).status_code == 302
    assert talk.children.get().starts_at is None


def test_delete_leads_back_to_the_day(staff_client, talk):
    leads_to = next(link for link in links(staff_client.get(open_row(talk))) if "/delete/" in link)

    answer = staff_client.post(leads_to, {"post": "yes"})

    assert answer.url == page_of(talk.day)
    assert not Session.objects.exists()


def test_rights_decide_what_is_open(client, talk):
    looks_on = with_rights(client, "view_day", "view_session")
    page = looks_on.get(open_row(talk))
    assert "9:00 – 10:00 Talk" in read(page)
    assert not page.context["sheet"].forms
    assert not [link for link in links(page) if "row=" in link]

    for data in ({f"s{talk.pk}-title_en": "Typed"}, {"new-title_en": "Typed"}):
        looks_on.post(open_row(talk, "row={}&row=new"), data)
    assert looks_on.post(page_of(talk.day), {"day": "1", "day-intro_en": "Typed"}).status_code == 403
    assert [row.title_en for row in Session.objects.all()] == ["Talk"]


def test_rights_to_days_alone_show_no_session(client, talk):
    assert "Talk" not in read(with_rights(client, "view_day").get(page_of(talk.day)))


def test_day_itself_is_changed_on_the_same_page(staff_client, day):
    make_day(day.edition, date=day.edition.ends_on)
    form = staff_client.get(page_of(day)).context["form"]
    data = {f"day-{name}": value for name, value in form.now.items() if name != "khmer_checked"}
    data |= {"day": "1", "day-seen": form.seen, "day-intro_en": "Two\r\nlines"}
    Day.objects.filter(pk=day.pk).update(intro_km="ថ្មី")

    assert staff_client.post(page_of(day), data).status_code == 302
    day.refresh_from_db()
    assert (day.intro_en, day.intro_km) == ("Two\nlines", "ថ្មី")

    taken = staff_client.post(page_of(day), data | {"day-date": str(day.edition.ends_on)})
    assert taken.status_code == 400
    assert "This edition has this day already." in read(taken)


def test_pages_take_as_many_queries_for_many_sessions(staff_client, day, talk):
    def queries(address):
        with CaptureQueriesContext(connection) as caught:
            assert staff_client.get(address).status_code == 200
        return len(caught)

    staff_client.get(page_of(day))
    few = queries(page_of(day)), queries(open_row(talk)), queries(page_of(day, "?row=all"))
    for minute in range(20):
        one = make_session(day, title_en=f"S{minute}", starts_at=f"10:{minute + 10}", ends_at="11:00", room=talk.room)
        Appearance.objects.create(session=one, label_en="SAMPLE")
    staff_client.get(page_of(day))

    assert (queries(page_of(day)), queries(open_row(talk)), queries(page_of(day, "?row=all"))) == few
    assert max(few) <= 20


def test_only_its_own_parameters_are_taken(staff_client, day):
    assert staff_client.get(page_of(day, "?title=x")).status_code == 400
    assert staff_client.get(page_of(day, "?row=99999999999999999999&after=x&under=-1")).status_code == 200
    assert staff_client.get(page_of(day, "?_popup=1")).status_code == 200
