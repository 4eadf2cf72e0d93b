"""schedule.json, schedule.xml, edition.json and agenda.ics of this site: read again, with and without edits."""

import json

import pytest
from django.contrib.auth import get_user_model
from django.utils.translation import override

from agenda.feeds.files import FILES
from agenda.feeds.stamp import stamped
from agenda.importing import steps
from agenda.importing.apply import apply
from agenda.importing.exchange.entry import box_text, read
from agenda.importing.existing import existing_sessions, intros
from agenda.models import Appearance, Material, Session, Speaker
from agenda.publishing import versions
from tests.factories import make_day, make_edition

SITE = "https://conference.example.org"
TIMED = Session.objects.filter(starts_at__isnull=False)


@pytest.fixture
def chief(db):
    return get_user_model().objects.create_superuser("chief", password="a long password")


@pytest.fixture
def full(edition):
    """The edition with what a file may tell beside: people, slides, a cancelled block, languages."""
    speaker = Speaker.objects.create(name_en="SAMPLE Person", name_km="គំរូ")
    session = Session.objects.get(code="d1-19")
    Appearance.objects.create(session=session, speaker=speaker, label_en="Prof. Sample", role="moderator")
    Material.objects.bulk_create(
        [
            Material(session=session, title_en="Sample slides", file="materials/sample.pdf", position=0),
            Material(session=session, title_en="Sample video", url="https://video.example.org/1", position=1),
        ]
    )
    Session.objects.filter(code="d1-14").update(state="cancelled")
    Session.objects.filter(code="d1-17").update(
        description_en="One\n\nTwo < three\nfour", spoken_languages=["km", "en"], interpretation=["sign_language"]
    )
    return edition


def exported(edition, name, language="en"):
    with override(language):
        programme, stamp = stamped(edition, SITE)
        return FILES[name].make(programme, edition, stamp)


def planned(edition, text):
    proposal = read(text, edition)
    return proposal, steps.plan(proposal, existing_sessions(edition), intros(edition))


def said(plan):
    return [
        (step.what, change.field, change.new)
        for step in plan.steps
        if step.what != steps.SAME
        for change in step.changes
    ]


@pytest.mark.parametrize("language", ["en", "km"])
@pytest.mark.parametrize("name", ["schedule.json", "schedule.xml", "edition.json", "agenda.ics"])
def test_own_file_read_again_has_nothing_to_do(full, name, language):
    proposal, plan = planned(full, box_text(name, exported(full, name, language)))

    assert said(plan) == []
    assert {step.what for step in plan.steps} == {steps.SAME}
    assert len(plan.steps) == (Session.objects if name == "edition.json" else TIMED).count()
    assert proposal.problems == ()


def events_of(data):
    days = data["schedule"]["conference"]["days"]
    return {event["guid"]: event for day in days for room in day["rooms"].values() for event in room}


@pytest.mark.parametrize(
    ("key", "value", "changes"),
    [
        ("title", "Another title altogether", [("title_en", "Another title altogether")]),
        ("start", "15:50", [("times", "15:50 – 16:50")]),
        ("duration", "00:45", [("times", "15:45 – 16:30")]),
        ("room", "Room 2", [("room", "Room 2")]),
        ("track", "A new track", [("track", "A new track")]),
        ("type", "Keynote speech", [("kind", "Keynote speech")]),
        ("language", "km", [("spoken_languages", "Khmer")]),
        ("subtitle", "cancelled", [("state", "cancelled")]),
        ("persons", [{"name": "Sample Group"}], [("people", "Sample Group")]),
        ("links", [{"title": "More", "url": "https://a.example.org/"}], [("links", "More https://a.example.org/")]),
    ],
)
def test_edit_of_the_schedule_is_that_edit_alone(full, key, value, changes):
    Session.objects.filter(code="d1-22").update(description_en="Below")
    Appearance.objects.filter(session__code="d1-22").delete()
    data = json.loads(exported(full, "schedule.json"))
    event = events_of(data)[str(Session.objects.get(code="d1-22").uuid)]
    event[key] = value
    if key == "start":
        event["date"] = event["date"].replace("15:45", "15:50")

    proposal, plan = planned(full, json.dumps(data))

    assert [(field, new) for _what, field, new in said(plan)] == changes
    assert proposal.problems == ()


def test_description_of_the_schedule_is_edited_above_what_the_site_writes_there(full):
    data = json.loads(exported(full, "schedule.json"))
    one, other = (events_of(data)[str(Session.objects.get(code=code).uuid)] for code in ("d1-17", "d1-22"))
    one["description"] = one["description"].replace("Two < three", "Two")
    other["description"] += "\nand more"

    proposal, plan = planned(full, json.dumps(data))

    assert said(plan) == [("change", "description_en", "One\n\nTwo\nfour")]
    assert "“description” is not taken" in proposal.problems[0].text


def test_label_before_the_title_is_edited_alone(full):
    session = next(row for row in TIMED.exclude(label_en="").exclude(kind="qa") if row.title_en)
    data = json.loads(exported(full, "schedule.json"))
    event = events_of(data)[str(session.uuid)]
    event["title"] = event["title"].replace(session.label_en, "Session 99")

    _proposal, plan = planned(full, json.dumps(data))

    assert said(plan) == [("change", "label_en", "Session 99")]


def test_edits_of_edition_json_are_taken_in_both_languages(full, chief):
    data = json.loads(exported(full, "edition.json"))
    sessions = {one["id"]: one for day in data["days"] for one in day["sessions"]}
    sessions["d1-22"]["title"] = {"en": "Reporters", "km": "អ្នកយកព័ត៌មាន"}
    sessions["d1-22"]["open_call"] = True
    sessions["d1-22"]["room"] = {"en": "Room 1", "km": "បន្ទប់ទី១"}
    data["edition"]["title"]["en"] = "Another conference"

    proposal, plan = planned(full, json.dumps(data))
    apply(full, plan, {step.key for step in plan.steps}, by=chief)

    row = Session.objects.select_related("room").get(code="d1-22")
    assert (row.title_en, row.title_km, row.open_call, row.room.name_en) == (
        "Reporters",
        "អ្នកយកព័ត៌មាន",
        True,
        "Room 1",
    )
    assert [problem.text for problem in proposal.problems] == [
        "Only the agenda is read. The file differs from the site in this too, which is not taken: edition."
    ]


def test_session_that_is_gone_from_the_file_is_offered_and_children_without_times_are_not(full):
    data = json.loads(exported(full, "schedule.json"))
    uuid = str(Session.objects.get(code="d2-13").uuid)
    for day in data["schedule"]["conference"]["days"]:
        day["rooms"] = {name: [one for one in events if one["guid"] != uuid] for name, events in day["rooms"].items()}

    _proposal, plan = planned(full, json.dumps(data))

    assert [(step.what, str(step.title)) for step in plan.steps if step.what != steps.SAME] == [
        ("remove", "Networking")
    ]


def test_what_is_as_it_was_published_is_no_edit(full):
    versions.publish_first(full)
    text = exported(full, "schedule.json").decode()
    Session.objects.filter(code="d1-22").update(title_en="A draft of a title")

    proposal, plan = planned(full, text)

    assert said(plan) == []
    assert "the draft has changed since" in proposal.problems[0].text


def test_calendar_tells_times_and_titles_and_no_rooms(full):
    text = exported(full, "agenda.ics").decode().replace("SUMMARY:Networking", "SUMMARY:Evening")
    text = text.replace("LOCATION:Room 1", "LOCATION:Room 9")

    proposal, plan = planned(full, text)

    assert [field for _what, field, _new in said(plan)] == ["title_en"]
    assert all("a file of this kind cannot tell it" in problem.text for problem in proposal.problems)


@pytest.mark.parametrize("name", ["schedule.json", "schedule.xml", "edition.json", "agenda.ics"])
def test_own_file_fills_another_edition(full, chief, name):
    """Where no session is known by its id, all of them are new."""
    text = exported(full, name).decode()
    other = make_edition(year=2031, starts_on=full.starts_on, ends_on=full.ends_on)
    make_day(other)

    proposal, plan = planned(other, text)
    apply(other, plan, {step.key for step in plan.steps}, by=chief)

    made = Session.objects.filter(day__edition=other, starts_at__isnull=False)
    assert made.count() == TIMED.filter(day__edition=full).count()
    assert not made.filter(title_en__contains="(").filter(title_en__endswith="confirmed)").exists()
    if name != "agenda.ics":
        assert made.filter(spoken_languages=["km", "en"]).count() == 1
        rooms = Session.objects.filter(day__edition=other, room__name_en="Room 1")
        assert rooms.exists() or name != "edition.json"  # the others have no rows without times
        assert Material.objects.filter(session__in=made, url="https://video.example.org/1").count() == 1
    assert made.filter(state="cancelled").exists()
    assert [problem.text for problem in proposal.problems if problem.stops] == []
