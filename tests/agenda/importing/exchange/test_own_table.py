"""agenda.csv and agenda.xlsx: downloaded, changed in a spreadsheet, and read again by their ids."""

import csv
from io import BytesIO, StringIO
from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model
from django.utils.translation import override
from openpyxl import load_workbook

from agenda.choices import SessionState
from agenda.feeds.stamp import stamped
from agenda.feeds.table import table_csv, table_xlsx
from agenda.importing import steps
from agenda.importing.apply import apply
from agenda.importing.exchange.entry import box_text, read
from agenda.importing.exchange.standing import Standing
from agenda.importing.exchange.who import people_in
from agenda.importing.existing import existing_sessions, intros
from agenda.importing.reading.rows import Unreadable
from agenda.models import Appearance, Session, Speaker
from agenda.publishing import versions

SITE = "https://conference.example.org"


def exported(edition, language="en"):
    """(headings, rows) of the file."""
    with override(language):
        text = table_csv(*stamped(edition, SITE)).decode("utf-8-sig")
    heading, *rows = csv.reader(StringIO(text, newline=""))
    return heading, rows


def as_text(heading, rows):
    out = StringIO()
    csv.writer(out).writerows([heading, *rows])
    return out.getvalue()


def planned(edition, text):
    proposal = read(text, edition)
    return proposal, steps.plan(proposal, existing_sessions(edition), intros(edition))


def edited(edition, changes, language="en"):
    """What a plan says of the file after {(id, heading): cell} was changed in it."""
    heading, rows = exported(edition, language)
    at = heading.index({"en": "ID", "km": "កូដ"}[language])
    for (code, name), cell in changes.items():
        next(row for row in rows if row[at] == code)[heading.index(name)] = cell
    return planned(edition, as_text(heading, rows))


def said(plan):
    return [
        (step.what, change.field, change.old, change.new)
        for step in plan.steps
        if step.what != steps.SAME
        for change in step.changes
    ]


def do(edition, plan, by):
    apply(edition, plan, {step.key for step in plan.steps if not step.is_removal}, by=by)


@pytest.fixture
def chief(db):
    return get_user_model().objects.create_superuser("chief", password="a long password")


@pytest.fixture
def full(edition):
    """The edition with what a table may hold beside: people, rooms, a cancelled block, a formula, languages."""
    speaker = Speaker.objects.create(name_en="SAMPLE Person & Sons", name_km="គំរូ")
    session = Session.objects.get(code="d1-19")
    Appearance.objects.create(session=session, speaker=speaker, role="moderator")
    Session.objects.filter(code="d1-14").update(state="cancelled")
    Session.objects.filter(code="d1-17").update(
        description_en="=1+1\n\nA second paragraph", spoken_languages=["km", "en"], interpretation=["sign_language"]
    )
    return edition


@pytest.mark.parametrize("language", ["en", "km"])
def test_own_csv_read_again_has_nothing_to_do(full, language):
    proposal, plan = planned(full, as_text(*exported(full, language)))

    assert {step.what for step in plan.steps} == {steps.SAME}
    assert len(plan.steps) == Session.objects.count()
    assert proposal.problems == ()


@pytest.mark.parametrize("language", ["en", "km"])
def test_own_workbook_read_again_has_nothing_to_do(full, language):
    with override(language):
        content = table_xlsx(*stamped(full, SITE))

    proposal, plan = planned(full, box_text("agenda.xlsx", content))

    assert {step.what for step in plan.steps} == {steps.SAME}
    assert proposal.problems == ()


def test_cell_of_the_workbook_is_edited(full):
    book = load_workbook(BytesIO(table_xlsx(*stamped(full, SITE))))
    sheet = book.active
    for row in sheet.iter_rows(min_row=2):
        if row[18].value == "d1-17":
            row[7].value = "Open Data for Reporters"
    out = BytesIO()
    book.save(out)

    _proposal, plan = planned(full, box_text("nodc.xlsx", out.getvalue()))

    assert said(plan) == [("change", "title_en", "Open Data for Journalism", "Open Data for Reporters")]
    assert "=1+1\n\nA second" in box_text("nodc.xlsx", out.getvalue()).replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("column", "cell", "change"),
    [
        ("Title (Khmer)", "ចំណងជើងថ្មី", ("title_km", "ចំណងជើងថ្មី")),
        ("Title (English)", "Reporters  at work ", ("title_en", "Reporters at work")),
        ("Description (English)", "", ("description_en", "")),
        ("Label (English)", "'=Session", ("label_en", "=Session")),
        ("To", "16:05:00", ("times", "15:45 – 16:05")),
        ("Date", "2024-03-27", ("day", "March 27, 2024")),
        ("Kind", "Keynote speech", ("kind", "Keynote speech")),
        ("State", "cancelled", ("state", "cancelled")),
        ("State", "ត្រូវបានបោះបង់", None),
        ("Track", "A new track", ("track", "A new track")),
        ("Room", "Room 2", ("room", "Room 2")),
        ("Languages", "Khmer", ("spoken_languages", "Khmer")),
        (
            "Interpretation",
            "captions, Cambodian Sign Language",
            ("interpretation", "Cambodian Sign Language, captions"),
        ),
    ],
)
def test_each_column_can_be_edited(full, column, cell, change):
    code = "d1-17"
    begins = Session.objects.get(code=code).starts_at
    _proposal, plan = edited(full, {(code, column): cell})

    found = [(field, new) for _what, field, _old, new in said(plan)]
    if change and change[0] == "times":
        assert [field for field, _new in found] == ["times"]
        assert begins
    elif change:
        assert found == [change]
    else:
        assert found == []


def test_edits_are_written_and_nothing_else_is(full, chief):
    changes = {
        ("d1-17", "Title (English)"): "Reporters at work",
        ("d1-17", "State"): "cancelled",
        ("d1-17", "Languages"): "Khmer",
        ("d1-17", "Interpretation"): "",
        ("d1-17", "Track"): "A new track",
        ("d1-17", "Kind"): "Keynote speech",
        ("d1-17", "Description (English)"): "One\n\nTwo",
    }
    others = list(Session.objects.exclude(code="d1-17").order_by("pk").values())

    _proposal, plan = edited(full, changes)
    do(full, plan, chief)

    row = Session.objects.select_related("track").get(code="d1-17")
    assert (row.title_en, row.state, row.spoken_languages) == ("Reporters at work", "cancelled", ["km"])
    assert (row.interpretation, str(row.track), row.kind) == ([], "A new track", "keynote")
    assert row.description_en == "One\n\nTwo"
    assert list(Session.objects.exclude(code="d1-17").order_by("pk").values()) == others


def test_who_is_edited_by_name(full, chief):
    session = Session.objects.get(code="d1-19")
    heading, rows = exported(full)
    at = heading.index("Who")
    before = next(row[at] for row in rows if row[heading.index("ID")] == "d1-19")
    assert "Moderator: SAMPLE Person & Sons" in before

    _proposal, plan = edited(full, {("d1-19", "Who"): f"{before}\nFacilitator: Sample Group"})
    do(full, plan, chief)

    assert [change.new for step in plan.of(steps.CHANGE) for change in step.changes] == [
        f"{before}\nFacilitator: Sample Group"
    ]
    added = session.appearances.get(label_en="Sample Group")
    assert added.role == "facilitator"
    assert plan.of(steps.REMOVE_PERSON) == []


def test_role_is_edited_and_who_is_gone_is_offered(full, chief):
    heading, rows = exported(full)
    before = next(row[heading.index("Who")] for row in rows if row[heading.index("ID")] == "d1-19")

    _proposal, plan = edited(full, {("d1-19", "Who"): "Mentor: SAMPLE Person & Sons"})
    do(full, plan, chief)

    assert Appearance.objects.get(speaker__isnull=False).role == "mentor"
    others = len(before.splitlines()) - 1
    assert len(plan.of(steps.REMOVE_PERSON)) >= others


def test_table_does_not_confirm_a_person(full):
    heading, rows = exported(full)
    before = next(row[heading.index("Who")] for row in rows if row[heading.index("ID")] == "d1-05")
    assert "(to be confirmed)" in before

    proposal, plan = edited(full, {("d1-05", "Who"): before.replace(" (to be confirmed)", "")})

    assert said(plan) == []
    assert "is written on the page of the session" in proposal.problems[0].text


def test_derived_columns_are_said_to_be_not_taken(full):
    changes = {
        ("d1-17", "Address"): "https://example.org/",
        ("d1-17", "Materials"): "https://example.org/a",
        ("d1-17", "Stands under"): "d1-05",
        ("d1-17", "Kind"): "Quiz",
        ("d1-17", "To"): "late",
    }

    proposal, plan = edited(full, changes)

    assert said(plan) == []
    told = " ".join(problem.text for problem in proposal.problems)
    for words in ("“Address”", "“Materials”", "“Stands under”", "“Quiz”", "“late”"):
        assert words in told


def test_row_without_id_is_new_and_stands_where_it_says(full, chief):
    heading, rows = exported(full)
    new = dict.fromkeys(heading, "") | {
        "Date": "2024-03-26",
        "From": "17:45",
        "To": "18:15",
        "Title (English)": "Evening tour",
        "Who": "Moderator: Sample Group",
        "Room": "Room 1",
        "Languages": "English",
    }
    child = new | {
        "Title (English)": "A theme",
        "From": "15:45",
        "To": "16:45",
        "Stands under": "d1-22",
        "Kind": "Theme",
    }

    _proposal, plan = planned(full, as_text(heading, [*rows, list(new.values()), list(child.values())]))
    do(full, plan, chief)

    assert len(plan.of(steps.CREATE)) == 2
    row = Session.objects.get(title_en="Evening tour")
    assert (str(row.room), row.spoken_languages, row.appearances.get().role) == ("Room 1", ["en"], "moderator")
    assert Session.objects.get(title_en="A theme").parent.code == "d1-22"


def test_row_that_is_gone_is_offered_for_removal_but_no_draft_is(full):
    Session.objects.filter(code="d2-13").update(state=SessionState.DRAFT)
    heading, rows = exported(full)

    _proposal, plan = planned(full, as_text(heading, [row for row in rows if row[heading.index("ID")] != "d1-17"]))

    assert [(step.what, str(step.title)) for step in plan.steps if step.what != steps.SAME] == [
        ("remove", "Open Data for Journalism")
    ]


def test_what_is_as_it_was_published_is_no_edit(full):
    versions.publish_first(full)
    text = as_text(*exported(full))
    Session.objects.filter(code="d1-17").update(title_en="A draft of a title")

    proposal, plan = planned(full, text)

    assert said(plan) == []
    assert [(problem.row > 1, "Title (English)" in problem.text) for problem in proposal.problems] == [(True, True)]


def test_unknown_id_and_doubled_id_are_said(full):
    heading, rows = exported(full)
    at = heading.index("ID")
    doubled, unknown = list(rows[0]), list(rows[1])
    unknown[at] = "zzzzzz"

    proposal, plan = planned(full, as_text(heading, [*rows, doubled, unknown]))

    assert "stands in more than one row" in proposal.problems[0].text
    assert [one.doubt for one in proposal.sessions if one.doubt] == ["No session of this edition has the ID zzzzzz."]
    assert len(plan.of(steps.CREATE)) == 1


def test_unknown_column_is_named_and_columns_may_stand_anyhow(full):
    heading, rows = exported(full)
    rows = [[*reversed(row), "bring a cable"] for row in rows]

    proposal, plan = planned(full, as_text([*reversed(heading), "Notes"], rows))

    assert {step.what for step in plan.steps} == {steps.SAME}
    assert proposal.problems[0].text == "Left out: “Notes: bring a cable”"


def serial(clock):
    return str((int(clock[:2]) * 60 + int(clock[3:])) / 1440)


@pytest.mark.parametrize(
    ("date", "clock"),
    [
        (lambda iso: f"{iso[8:]}/{iso[5:7]}/{iso[:4]}", lambda clock: f"{clock}:00"),
        (lambda iso: f"{iso[5:7]}/{iso[8:]}/{iso[2:4]}", lambda clock: f"{clock}:00 AM" if clock < "12" else clock),
        (lambda iso: iso.replace("-", "/"), lambda clock: clock.removeprefix("0")),
        (lambda iso: f"{iso[8:]}-Mar-{iso[2:4]}", lambda clock: clock.replace(":", ".")),
        # gnumeric 1.12 writes workbooks in which dates and times are bare numbers.
        (lambda iso: {"2024-03-26": "45377", "2024-03-27": "45378"}[iso], serial),
    ],
)
def test_dates_and_times_as_spreadsheets_write_them_are_no_edit(full, date, clock):
    heading, rows = exported(full)
    for row in rows:
        row[:3] = [date(row[0]), clock(row[1]), clock(row[2])]

    _proposal, plan = planned(full, as_text(heading, rows))

    assert {step.what for step in plan.steps} == {steps.SAME}


def test_garbled_khmer_is_refused(full):
    text = as_text(*exported(full)).encode().decode("cp1252", errors="replace")

    with pytest.raises(Unreadable, match="garbled"):
        read(text, full)


def test_child_that_takes_its_times_from_above_follows_them(full):
    child = Session.objects.filter(starts_at=None, parent__parent=None).select_related("parent").first()
    changes = {(child.parent.code, "To"): "22:00", (child.code, "To"): "22:00"}

    _proposal, plan = edited(full, changes)

    assert [field for _what, field, _old, _new in said(plan)] == ["times"]


@pytest.mark.parametrize(("language", "who", "code"), [("en", "Who", "ID"), ("km", "អ្នកចូលរួមបង្ហាញ", "កូដ")])
def test_people_of_each_cell_are_those_who_are_there(full, language, who, code):
    """So an edit of one name in a cell adds and removes no other."""
    heading, rows = exported(full, language)
    standing = Standing(full)

    found = {}
    for row in rows:
        there = standing.sessions[standing.codes[row[heading.index(code)]]]
        people = people_in(row[heading.index(who)], there.people, standing.known, there.kind)
        pairs, gone = steps.paired_people(SimpleNamespace(people=people), there)
        wrong = [person.name for person, seen in pairs if seen is None or seen.role != person.role]
        if wrong or gone:
            found[there.title.en] = (wrong, [str(one.name) for one in gone], row[heading.index(who)])

    assert found == {}
