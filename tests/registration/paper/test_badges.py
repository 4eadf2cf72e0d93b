"""Badges: what they say, that names are never cut, and which are still to be printed."""

import io
import re
import zlib

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model

from agenda.choices import AppearanceState, Role
from agenda.models import Appearance, Speaker
from agenda.programme.value import from_tables
from registration.choices import Agreement, BadgeRole, Lanyard, Part, Subject
from registration.models import AccessLog, BadgePrint, Registration
from registration.models.registration import ERASED_WORD
from registration.paper import badges, prints
from registration.paper.badges import Layout
from registration.paper.drawing import Board, Drawing
from registration.paper.roles import Roles, titles
from tests.factories import make_day, make_edition, make_registration, make_session, open_intake
from tests.registration.admin.registrations.test_registration import member_of

LONG_KHMER = "សុវណ្ណរតនាវិជ្ជាមហាសិរីសុភមង្គលបញ្ញាវុធពេជ្ររាសីឧត្តមរតនៈ"
PAGE = "/admin/registration/registration/badges/"


@pytest.fixture
def small(db):
    edition = make_edition(title_km="សន្និសីទគំរូ", contact_phone="+85512323045")
    make_session(make_day(edition), title_en="Sample session", title_km="វគ្គគំរូ")
    open_intake(edition)
    return edition


@pytest.fixture
def colleague(db):
    return get_user_model().objects.create_user("colleague")


def said(edition):
    return list(badges.badges_of(edition, edition.registrations.order_by("pk"), from_tables(edition)))


def written(edition, layout=Layout.A6):
    file = io.BytesIO()
    badges.write_badges(edition, edition.registrations.order_by("pk"), file, layout)
    return file.getvalue()


def pages(content):
    """The operators of each page."""
    streams = re.findall(rb"stream\n(.*?)\nendstream", content, re.DOTALL)
    opened = [zlib.decompress(stream) for stream in streams if stream[:1] == b"x"]
    return [one.decode("latin1") for one in opened if b" cm\n" in one and b"/Span" in one]


def texts(page):
    return [bytes.fromhex(said).decode("utf-16") for said in re.findall(r"ActualText <([0-9a-f]+)>", page)]


def test_badge_says_both_names_organisation_role_number_and_photos(small):
    person = make_registration(small, part=Part.MEDIA)

    front, back = pages(written(small))

    words = " ".join(texts(front))
    for text in (person.name_km, person.name_latin, person.organisation, person.spoken_code, "Photos: no", "Press"):
        assert text in words
    assert "អ្នកសារព័ត៌មាន" in words
    assert {"Sample session", "012 323 045"} <= set(re.split(r": |\n", "\n".join(texts(back))))


def test_badge_says_nothing_of_languages_and_needs(small):
    make_registration(small, inclusion={"languages": ["kuy"], "access_needs": ["quiet_room"], "food": ["halal"]})

    words = " ".join(text for page in pages(written(small)) for text in texts(page)).lower()

    assert not re.search("kuy|quiet|halal|khmer", words)


@pytest.mark.parametrize(
    ("answer", "lanyard"),
    [
        (Agreement.YES, Lanyard.YES),
        (Agreement.DECIDE_THERE, Lanyard.ASK),
        (Agreement.NO, Lanyard.NO),
        (None, Lanyard.NO),
    ],
)
def test_lanyard_follows_the_answer_about_photos_and_silence_is_a_no(small, answer, lanyard):
    photos = {Subject.PHOTOS: answer} if answer else {}
    make_registration(small, consents={Subject.DATA_USE: Agreement.YES, **photos})

    assert [badge.lanyard for badge in said(small)] == [lanyard]


@pytest.mark.parametrize(
    "names",
    [
        {"name_km": LONG_KHMER, "name_latin": ""},
        {"name_km": LONG_KHMER, "name_latin": "SOVANNROTANA Vicheamohaserey Sopheakmongkulpanhavuth Pichreasey"},
        {"name_km": "", "name_latin": "NGUYỄN Thị Hoàng Ánh"},
        {"name_km": "", "name_latin": "W" * 120},
        {"name_km": "ដ" * 60, "name_latin": "SOK Dara"},
    ],
)
def test_names_are_whole_and_fit_whatever_they_are(small, names):
    make_registration(small, organisation="ក្រុមយុវជនខេត្តរតនគិរី" * 5, **names)
    (badge,) = said(small)
    board = Board(badges.WIDTH, badges.HEIGHT, "Sample", "en")
    press = badges._Press(board, small, from_tables(small))

    wide, high = badges.WIDTH - 2 * badges.SIDE, badges.NAMES_BOTTOM - badges.NAMES_TOP - 18
    blocks = press._fitted_names(badge, wide, high)

    given = [name for name in (badge.name_km, badge.name_latin) if name]
    assert ["".join("".join(line.text for line in one.lines).split()) for one in blocks] == [
        "".join(name.split()) for name in given
    ]
    assert sum(one.height for one in blocks) <= high
    assert all(one.width <= wide for one in blocks)
    board.output()  # closes the files of its fonts


def test_qr_code_holds_the_address_of_the_token_and_nothing_else(small, monkeypatch):
    person = make_registration(small)
    held = []
    monkeypatch.setattr(Drawing, "qr", lambda _drawing, text, *_place: held.append(text))

    written(small)

    assert held == [f"{settings.SITE_URL}/b/{person.badge_token}/"]


def test_eight_stand_on_a_sheet_and_their_backs_are_mirrored(small):
    for number in range(9):
        make_registration(small, name_latin=f"KUMROU {number}", phone=f"+8551200000{number}")

    content = written(small, Layout.A4)

    fronts, backs = pages(content)[::2], pages(content)[1::2]
    assert [sum(text.startswith("KUMROU") for text in texts(front)) for front in fronts] == [8, 1]
    places = [re.findall(r"^q 0 \S+ \S+ 0 (\S+) \S+ cm$", page, re.MULTILINE) for page in (fronts[1], backs[1])]
    assert float(places[0][0]) < 300 < float(places[1][0])  # the last one: left in front, right behind


# --- Roles -----------------------------------------------------------------------------------------------------------


def appear(edition, name, role, *, state=AppearanceState.CONFIRMED):
    speaker = Speaker.objects.create(name_en=name)
    session = edition.days.get().sessions.get()
    return Appearance.objects.create(session=session, speaker=speaker, role=role, state=state)


def test_role_comes_from_the_programme_for_who_says_that_they_speak(small):
    appear(small, "Dara SOK", Role.PANELIST)
    speaker = make_registration(small, name_latin="SOK Dara", name_km="", part=Part.SPEAKER)
    appear(small, "SAMPLE Ida", Role.INTERPRETER)
    interpreter = make_registration(
        small, name_latin="Ida SAMPLE", name_km="", part=Part.SPEAKER, phone="+85512000003"
    )
    namesake = make_registration(small, name_latin="SOK Dara", name_km="", phone="+85512000002")

    roles = Roles(from_tables(small))

    assert roles.badge_role(speaker) == BadgeRole.PANELIST
    assert roles.badge_role(interpreter) == BadgeRole.INTERPRETER
    assert [title.en for title in titles(roles.appearing(speaker))] == ["Sample session"]
    assert roles.badge_role(namesake) == BadgeRole.PARTICIPANT
    assert roles.appearing(namesake) is None


def test_two_people_of_the_programme_with_one_name_are_told_apart_by_staff(small):
    appear(small, "SOK Dara", Role.PANELIST)
    appear(small, "SOK Dara", Role.JUDGE)
    speaker = make_registration(small, name_latin="SOK Dara", name_km="", part=Part.SPEAKER)

    assert Roles(from_tables(small)).badge_role(speaker) == BadgeRole.SPEAKER
    speaker.badge_role = BadgeRole.JUDGE
    assert Roles(from_tables(small)).badge_role(speaker) == BadgeRole.JUDGE


# --- Printing --------------------------------------------------------------------------------------------------------


def test_new_and_changed_badges_are_to_be_printed(small, colleague):
    first = make_registration(small)
    prints.note_printed(said(small), colleague)
    assert prints.new_or_changed(said(small)) == []

    make_registration(small, phone="+85512000002", name_latin="KUMROU Thmey")
    Registration.objects.filter(pk=first.pk).update(organisation="Another organisation")
    changed = said(small)

    assert prints.new_or_changed(changed) == changed
    prints.note_printed(changed, colleague)
    Registration.objects.filter(pk=first.pk).update(phone="+85512000003", remark="Sample remark")
    assert prints.new_or_changed(said(small)) == []
    Registration.objects.filter(pk=first.pk).update(badge_role=BadgeRole.VOLUNTEER)
    assert [badge.registration for badge in prints.new_or_changed(said(small))] == [first.pk]


def test_person_who_is_erased_meanwhile_is_not_noted(small, colleague):
    make_registration(small)
    drawn = said(small)
    Registration.objects.all().delete()

    prints.note_printed(drawn, colleague)

    assert not BadgePrint.objects.exists()


def test_people_whose_data_is_erased_have_no_badge(client, small):
    desk, person = member_of("Registration desk", client), make_registration(small)
    Registration.objects.update(name_latin=ERASED_WORD, badge_token=None)

    assert desk.get(f"{PAGE}?edition={small.year}").context["people"] == 0
    for address in (f"{PAGE}?edition={small.year}", f"/admin/registration/registration/{person.pk}/badge/"):
        answer = desk.post(address, {"which": "all", "layout": Layout.A6})
        assert answer.content.startswith(b"%PDF")
    assert not BadgePrint.objects.exists()


def test_desk_prints_all_then_those_that_changed_and_each_leaves_its_line(client, small):
    desk = member_of("Registration desk", client)
    person = make_registration(small)
    address = f"{PAGE}?edition={small.year}"

    for count in (1, 0):
        answer = desk.post(address, {"which": "changed", "layout": Layout.A4})
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF")
        assert AccessLog.objects.latest("pk").count == count
    one = desk.post(f"/admin/registration/registration/{person.pk}/badge/", {"layout": Layout.A6})

    assert person.spoken_code in " ".join(texts(pages(one.content)[0]))
    assert BadgePrint.objects.get().by.username == "Registration desk"
    assert AccessLog.objects.latest("pk").subject == f"badge {person.spoken_code}"


@pytest.mark.parametrize("group", ["Observers", "Travel desk", "Inclusion officers"])
def test_who_may_not_export_prints_no_badge_and_no_certificate(client, small, group):
    staff = member_of(group, client)
    person = make_registration(small)
    base = "/admin/registration/registration/"

    for address in (PAGE, f"{base}certificates/", f"{base}{person.pk}/badge/"):
        assert staff.get(address).status_code == 403
        assert staff.post(address, {"which": "all", "layout": "a6"}).status_code == 403
