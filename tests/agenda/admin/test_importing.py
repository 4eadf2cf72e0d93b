import re
from html import unescape

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agenda.importing.reading.sources import ENDINGS
from agenda.models import Day, Room, Session
from agenda.publishing import versions
from conference.serving.attempts import Limit
from registration.staff import make_groups
from tests.agenda.importing.pasted import DATA, PUBLISHED
from tests.factories import make_day, make_edition, make_session
from tests.pages import read

PAGE = "/admin/agenda/session/import/"
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?')


@pytest.fixture
def sample(db):
    return make_edition()


def look(client, edition, text="", **more):
    return client.post(PAGE, {"edition": edition.pk, "text": text, "look": "", **more})


def ticked_by_default(response):
    return [line.step.key for line in response.context["preview"]["lines"] if line.ticked]


def do(client, edition, text, steps):
    return client.post(PAGE, {"edition": edition.pk, "text": text, "apply": "", "step": steps})


def test_lists_of_sessions_and_days_lead_to_the_import(staff_client, sample):
    for name in ("session", "day"):
        assert PAGE in staff_client.get(reverse(f"admin:agenda_{name}_changelist")).content.decode()


def test_looking_saves_nothing_and_shows_what_would_be_new(staff_client, sample):
    response = look(staff_client, sample, "Day 1\n9:00 – 9:30\tOpen maps [TBC]")

    text = read(response)
    assert "Open maps" in text
    assert "to be confirmed" in text
    assert "9:00 – 9:30" in text
    assert not Session.objects.exists()


def test_text_without_a_table_is_not_called_the_agenda_as_it_is(staff_client, sample):
    text = read(look(staff_client, sample, "hello"))

    assert "Nothing: no session was found in it." in text
    assert "the agenda says all of this already" not in text


def test_import_says_what_is_not_public_yet(staff_client, sample):
    assert "not published yet" in read(staff_client.get(PAGE))


def test_what_is_ticked_is_done_and_written_down(staff_client, sample):
    text = "Day 1\n9:00 – 9:30\tOpen maps\n9:30 – 10:00\tOpen budgets"
    keys = ticked_by_default(look(staff_client, sample, text))

    response = do(staff_client, sample, text, keys[:-1])

    assert list(Session.objects.values_list("title_en", flat=True)) == ["Open maps"]
    assert "Added: 2. Changed: 0. Removed: 0." in read(response)
    assert LogEntry.objects.filter(content_type__model="session").count() == 1


def test_what_was_left_out_is_still_shown_afterwards(staff_client, sample):
    text = "Day 1\n9:00 – 9:30\tOpen maps\n9:30 – 10:00\tOpen budgets"
    keys = ticked_by_default(look(staff_client, sample, text))

    response = do(staff_client, sample, text, keys[:-1])

    assert [str(line.step.title) for line in response.context["preview"]["lines"]] == ["Open budgets"]
    assert response.context["form"]["text"].value() == text


def test_removal_is_shown_unticked(staff_client, sample):
    make_session(make_day(sample), title_en="Old talk")

    response = look(staff_client, sample, "Day 1\n11:00 – 11:30\tOpen maps")

    removals = [line for line in response.context["preview"]["lines"] if line.step.is_removal]
    assert [(str(line.step.title), line.ticked) for line in removals] == [("Old talk", False)]
    assert "is not in the table: remove" in read(response)


def test_missing_sessions_are_folded_below_the_counts(staff_client, sample):
    day = make_day(sample)
    for number in range(3):
        make_session(day, title_en=f"Old talk {number}", code=f"old{number}")

    html = look(staff_client, sample, "Day 1\n11:00 – 11:30\tOpen maps").content.decode()

    counts = "New: 1. To be changed: 0. As they are: 0. Not in the table: 3."
    places = [
        html.index(words) for words in (counts, "Open maps</label>", "<details", "Old talk 0</label>", "</details>")
    ]
    assert places == sorted(places)


def test_row_that_changed_meanwhile_is_not_done(staff_client, sample):
    text = "Day 1\n9:00 – 10:00\tOpen maps for all"
    session = make_session(make_day(sample), title_en="Maps")
    keys = ticked_by_default(look(staff_client, sample, text))
    Session.objects.update(title_en="Maps and more")

    response = do(staff_client, sample, text, keys)

    session.refresh_from_db()
    assert session.title_en == "Maps and more"
    assert "has changed meanwhile" in read(response)


def test_problem_names_its_row_and_the_text_stays(staff_client, sample):
    text = "Day 1\n9:00 – 9:30\tOpen maps\n25:00 – 26:00\tNight talk\n11:00 – 10:00\tBackwards"

    response = look(staff_client, sample, text)

    said = read(response)
    assert "Row 3: “25:00 – 26:00 | Night talk” – “25:00 – 26:00” is no time that can be read." in said
    assert "Row 4: “11:00 – 10:00 | Backwards” – The end is not after the beginning: 11:00 – 10:00" in said
    assert "4 rows: 1 session, 1 day, 2 not understood." in said
    assert response.context["form"]["text"].value() == text


def test_day_outside_the_edition_is_said_and_not_ticked(staff_client, sample):
    response = look(staff_client, sample, "Day 1: March 26, 2024\n9:00 – 9:30\tOpen maps")

    assert "does not lie within the edition" in read(response)
    assert ticked_by_default(response) == []


def test_empty_box_is_answered(staff_client, sample):
    assert "Paste the table, or choose a file." in read(look(staff_client, sample))


def test_very_long_text_is_answered(staff_client, sample):
    assert "Paste one day at a time." in read(look(staff_client, sample, "x" * 750_000))


def test_two_thousand_rows_are_read(staff_client, sample):
    rows = [f"{hour:02}:{minute:02} – {hour:02}:{minute:02}\tTalk" for hour in range(24) for minute in range(60)]

    response = look(staff_client, sample, "Day 1\n" + "\n".join((rows * 2)[:2000]))

    assert len(response.context["preview"]["proposal"].problems) == 2000


def test_two_thousand_rows_at_length_in_khmer_are_read(staff_client, sample):
    title = "សុន្ទរកថា និងបទបង្ហាញអំពីទិន្នន័យបើកទូលាយសម្រាប់ការអភិវឌ្ឍ"
    rows = [f"{8 + n // 600:02}:{n // 10 % 60:02} – 23:{n % 60:02}\t{title} {n}" for n in range(2000)]

    response = look(staff_client, sample, "Day 1\n" + "\n".join(rows))

    preview = response.context["preview"]
    assert len(preview["lines"]) + preview["left_out"] == 2001  # the rows, and one that is not among them any more


def test_long_agenda_is_offered_in_parts(staff_client, sample):
    rows = [f"{hour:02}:{minute:02} – 23:59\tTalk {hour} {minute}" for hour in range(23) for minute in range(60)]
    rows += [f"{hour:02}:{minute:02} – 23:59\tMore {hour} {minute}" for hour in range(10) for minute in range(60)]

    response = look(staff_client, sample, "Day 1\n" + "\n".join(rows))

    assert len(response.context["preview"]["lines"]) == 1500
    assert "481 more follow when these are done." in read(response)


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_file_gives_the_same_as_the_pasted_text(staff_client, edition, ending):
    file = SimpleUploadedFile(f"agenda.{ending}", (DATA / f"agenda-2024.{ending}").read_bytes())

    response = look(staff_client, edition, file=file)

    assert "Nothing to change: the agenda says all of this already." in read(response)
    assert len(response.context["preview"]["same"]) == 50


def fields(response):
    """The form as a browser would send it again, without its buttons."""
    page = response.content.decode()
    found = {name: unescape(value) for name, value in HIDDEN.findall(page) if name != "csrfmiddlewaretoken"}
    return found | {"edition": response.context["form"]["edition"].value(), "text": ""}


def test_what_was_read_of_a_file_comes_with_the_next_press(staff_client, sample):
    file = SimpleUploadedFile("agenda.csv", "Date,Time,Title\n2030-03-26,9:00 – 9:30,Open maps\n".encode("utf-8-sig"))
    response = look(staff_client, sample, file=file)
    assert "Of the files: agenda.csv." in read(response)

    steps = ticked_by_default(response)
    response = staff_client.post(PAGE, fields(response) | {"apply": "", "step": steps})

    assert Session.objects.get().title_en == "Open maps"
    assert "Of the files: agenda.csv." in read(response)


def test_two_files_and_the_box_are_read_together(staff_client, sample):
    files = [
        SimpleUploadedFile(f"{name}.csv", f"Time,Title\n{hour}:00 – {hour}:30,{name}\n".encode())
        for name, hour in (("Maps", 9), ("Budgets", 10))
    ]

    response = look(staff_client, sample, "11:00 – 11:30\tRivers\n12:30\t", file=files)

    titles = {str(line.step.title) for line in response.context["preview"]["lines"]}
    assert {"Maps", "Budgets", "Rivers"} <= titles
    assert {source.name for source, _rows in response.context["preview"]["sources"]} == {
        "the box",
        "Maps.csv",
        "Budgets.csv",
    }


def test_file_can_be_left_out_again(staff_client, sample):
    file = SimpleUploadedFile("agenda.csv", "Time,Title\n9:00 – 9:30,Open maps\n".encode())
    sent = fields(look(staff_client, sample, file=file))

    response = staff_client.post(PAGE, sent | {"text": "Day 1\n9:00 – 9:30\tRivers", "forget": "on", "look": ""})

    assert [str(line.step.title) for line in response.context["preview"]["lines"]] == ["", "Rivers"]
    assert response.context["form"]["read"].value() == ""


def test_damaged_field_of_what_was_read_is_answered(staff_client, sample):
    response = staff_client.post(PAGE, {"edition": sample.pk, "read": '{"blocks":[7]}', "look": ""})

    assert "did not come back whole" in read(response)


@pytest.mark.parametrize("rows", ["[]", "[[1,[]]]"])
def test_table_without_a_cell_is_answered(staff_client, sample, rows):
    text = f'{{"blocks":[[{rows},"",""]],"left_out":[]}}'

    response = staff_client.post(PAGE, {"edition": sample.pk, "read": text, "look": ""})

    assert "no session was found in it" in read(response)


def test_own_table_is_read_by_its_ids(staff_client, edition):
    versions.publish_first(edition)
    content = staff_client.get(f"/en/{edition.year}/agenda.csv").content
    edited = content.decode("utf-8-sig").replace("Open Data for Journalism", "Open Data for Reporters")
    file = SimpleUploadedFile("agenda.csv", edited.encode("utf-8-sig"))

    response = look(staff_client, edition, file=file)

    lines = response.context["preview"]["lines"]
    assert [(line.step.what, str(line.step.title), line.ticked) for line in lines] == [
        ("change", "Open Data for Reporters", True)
    ]


def test_own_table_is_not_read_beside_another_text(staff_client, edition):
    versions.publish_first(edition)
    content = staff_client.get(f"/en/{edition.year}/agenda.csv").content

    response = look(staff_client, edition, "9:00 – 9:30\tMaps", file=SimpleUploadedFile("agenda.csv", content))
    assert "Send “agenda.csv” alone." in read(response)

    response = look(staff_client, edition, content.decode(), file=SimpleUploadedFile("agenda.csv", content))
    assert "Nothing to change" in read(response)


def test_ticks_that_staff_set_stay_when_they_look_again(staff_client, sample):
    rows = "9:00 – 9:30\tOpen maps\n9:30 – 10:00\tOpen budgets"
    response = look(staff_client, sample, "Day 1\n" + rows)
    day, maps, _budgets = response.context["preview"]["lines"]

    sent = fields(response) | {"text": f"Day 1\n8:00 – 9:00\tCoffee\n{rows}", "step": [day.step.key, maps.step.key]}
    response = staff_client.post(PAGE, sent | {"look": ""})

    assert {str(line.step.title): line.ticked for line in response.context["preview"]["lines"]} == {
        "": True,
        "Coffee": True,
        "Open maps": True,
        "Open budgets": False,
    }


def test_what_is_in_doubt_is_not_ticked_and_says_why_on_top(staff_client, sample):
    make_session(make_day(sample), title_en="Opening by the host")

    response = look(staff_client, sample, "Day 1\n9:00 – 10:00\tMaps of rivers")

    assert ticked_by_default(response) == []
    reason = "“Opening by the host” stands at this time. Is this the same session under a new title?"
    assert f"Row 2: {reason}" in read(response)
    assert "1 step is not ticked: it says why." in read(response)


def test_what_has_become_sure_is_ticked_and_what_staff_left_out_is_not(staff_client, sample):
    text = "Day 1\n9:00 – 9:30\tOpen maps"
    response = look(staff_client, sample, text)
    key = ticked_by_default(response)[-1]
    sent = fields(response) | {"text": text, "look": ""}

    # A "+" behind the key: the site had ticked it.
    assert key in ticked_by_default(staff_client.post(PAGE, sent | {"shown": key}))
    response = staff_client.post(PAGE, sent | {"shown": f"{key}+"})
    assert key not in ticked_by_default(response)
    response = staff_client.post(PAGE, sent | {"shown": fields(response)["shown"]})
    assert key not in ticked_by_default(response)


def test_day_without_a_sure_session_waits(staff_client, sample):
    make_session(make_day(sample, date="2030-03-26"), title_en="Opening by the host")

    response = look(staff_client, sample, "Day 1\n9:00 – 10:00\tMaps of rivers\nDay 2: Data\n")

    assert ticked_by_default(response) == []
    assert "No session of this day is sure yet." in read(response)


def test_answer_that_was_changed_is_looked_at_before_it_is_done(staff_client, sample):
    text = "Day 1\n9:00 – 9:30\tOpen maps\tMore of it"
    response = look(staff_client, sample, text)

    sent = fields(response) | {"text": text, "step": ticked_by_default(response), "column-0-2": "ignored"}
    response = staff_client.post(PAGE, sent | {"apply": ""})

    assert "you changed an answer" in read(response)
    assert not Session.objects.exists()
    response = staff_client.post(
        PAGE,
        fields(response)
        | {"text": text, "step": ticked_by_default(response), "apply": ""}
        | {"column-0-2": "ignored"},
    )
    assert Session.objects.exists()


def test_answers_are_kept_until_they_are_asked_again(staff_client, sample):
    text = "Time\tTopic\tMore\n9:00 – 9:30\tOpen maps\tAll of it"
    response = staff_client.post(PAGE, {"edition": sample.pk, "text": text, "column-0-2": "ignored", "look": ""})
    assert "answered on" not in read(response)
    staff_client.post(PAGE, fields(response) | {"text": text, "column-0-2": "ignored", "apply": ""})

    response = look(staff_client, sample, text.replace("Open maps", "Open budgets"))
    assert "As chief answered on March 20, 2024:" in read(response)
    assert "column 3: leave out" in read(response)
    assert '<option value="ignored" selected>' in response.content.decode()

    response = staff_client.post(PAGE, fields(response) | {"text": text, "column-0-2": "ignored", "ask_again": ""})
    assert "answered on" not in read(response)
    assert '<option value="ignored" selected>' not in response.content.decode()


def test_what_the_clipboard_has_beside_the_text_is_read_in_its_place(staff_client, sample):
    html = "<table><tr><td>Day 1</td></tr><tr><td>9:00 – 9:30</td><td>Open maps</td></tr></table>"

    response = look(staff_client, sample, "9:00 – 9:30 Open budgets", rich=html)

    titles = [str(line.step.title) for line in response.context["preview"]["lines"] if line.step.what == "create"]
    assert titles == ["Open maps"]
    assert response.context["form"]["rich"].value() == html
    assert response.context["form"]["text"].value() == "9:00 – 9:30 Open budgets"


def test_rooms_that_are_made_are_said(staff_client, sample):
    Room.objects.create(edition=sample, name_en="Main hall")
    text = "Time\tTopic\tRoom\nDay 1\n9:00 – 9:30\tOpen maps\tMain Hall\n9:30 – 10:00\tOpen budgets\tRoom 2"

    assert "New rooms: Room 2" in read(look(staff_client, sample, text))


def test_agenda_as_it_would_be_is_drawn_with_what_is_ticked(staff_client, sample):
    make_session(make_day(sample), title_en="Coffee", kind="break", starts_at="8:00", ends_at="8:30")

    response = look(staff_client, sample, "Day 1\n9:00 – 9:30\tOpen maps\n")

    (day,) = response.context["preview"]["outlook"]
    rows = [row for part in day.parts for row in part.rows]
    assert [str(row.session.title) for row in rows] == ["Coffee", "Open maps"]


def test_page_of_250_rows_takes_few_queries(staff_client, sample, django_assert_max_num_queries):
    rows = [f"{8 + n // 60:02}:{n % 60:02} – 23:59\tTalk {n}" for n in range(250)]
    look(staff_client, sample, "9:00 – 9:30\tOpen maps")  # what is unpublished is compared once

    with django_assert_max_num_queries(20):
        look(staff_client, sample, "Day 1\n" + "\n".join(rows))


def test_damaged_file_is_answered_and_the_text_stays(staff_client, sample):
    response = look(staff_client, sample, "9:00 – 9:30\tOpen maps", file=SimpleUploadedFile("a.docx", b"no zip"))

    assert "This file is damaged" in read(response)
    assert response.context["form"]["text"].value() == "9:00 – 9:30\tOpen maps"


def test_programme_editor_may_import(client, sample):
    make_groups()
    user = get_user_model().objects.create_user("editor", is_staff=True)
    user.groups.set([group for group in user.groups.model.objects.all() if group.name.startswith("Programme")])
    client.force_login(user)

    assert "Paste the table" in read(client.get(PAGE))


def test_staff_who_may_only_change_sessions_are_refused(client, sample):
    user = get_user_model().objects.create_user("other", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="change_session", content_type__app_label="agenda"))
    client.force_login(user)

    assert client.get(PAGE).status_code == 403


def test_staff_who_may_not_delete_remove_nothing(client, sample):
    make_session(make_day(sample), title_en="Old talk")
    user = get_user_model().objects.create_user("other", is_staff=True)
    user.user_permissions.set(
        Permission.objects.filter(codename__in=["change_session", "add_session"], content_type__app_label="agenda")
    )
    client.force_login(user)
    text = "Day 1\n11:00 – 11:30\tOpen maps"
    removal = [line.step.key for line in look(client, sample, text).context["preview"]["lines"] if line.step.pk]

    do(client, sample, text, removal)

    assert Session.objects.filter(title_en="Old talk").exists()


def test_every_kind_of_file_that_is_read_may_be_chosen(staff_client, sample):
    page = staff_client.get(PAGE).content.decode()

    accepted = re.search('accept="(.*?)"', page)[1].split(",")

    assert {*ENDINGS, ".json", ".xml", ".ics"} <= set(accepted)
    assert all(ending in page for ending in (".ods", ".odt", ".md"))


def test_page_speaks_khmer(staff_client, sample):
    staff_client.post("/language/setlang/", {"language": "km", "next": "/admin/"})

    said = read(look(staff_client, sample, "ថ្ងៃទី១\n៨:៣០ – ៩:០០\tភ្លេងជាតិ\n៩:៩៩\tខុស"))

    assert "ភ្លេងជាតិ" in said
    assert "ជួរដេកទី 3៖ «៩:៩៩ | ខុស» – មិនអាចអាន «៩:៩៩» ជាម៉ោងបានទេ។" in said
    assert "៣ ជួរដេក៖ ១ វគ្គ ១ ថ្ងៃ មិនយល់ ១។" in said
    assert re.search("ថ្មី៖ [០-៩]+។ នឹងកែប្រែ៖ [០-៩]+។ នៅដដែល៖ [០-៩]+។ គ្មានក្នុងតារាង៖ [០-៩]+។", said)


def test_published_agenda_is_brought_in_with_two_presses(staff_client, edition):
    Day.objects.all().delete()

    do(staff_client, edition, PUBLISHED, ticked_by_default(look(staff_client, edition, PUBLISHED)))

    assert Session.objects.filter(starts_at__isnull=False).count() == 36


def test_table_after_table_has_to_wait_and_the_text_stays(staff_client, sample, monkeypatch):
    monkeypatch.setattr("agenda.importing.form.READINGS", Limit("import", an_hour=9, a_minute=1))
    text = "Day 1\n9:00 – 9:30\tOpen maps"
    assert "Wait a little" not in read(look(staff_client, sample, text))

    response = look(staff_client, sample, text)

    assert "Wait a little, then send it again." in read(response)
    assert response.context["form"]["text"].value() == text
