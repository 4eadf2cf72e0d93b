from io import BytesIO

from pypdf import PdfReader

from agenda.models import Room
from conference.language.translated import Text
from registration.paper import room_signs
from registration.paper.parts import days_of
from registration.paper.room_signs import rooms_of
from tests.factories import make_day, make_edition, make_session


def make_rooms(settings):
    settings.SITE_URL = "https://conference.example.org"
    edition = make_edition()
    day = make_day(edition)
    big = Room.objects.create(edition=edition, name_en="Big hall", name_km="សាលធំ")
    for number in range(9, 17):
        make_session(
            day,
            room=big,
            starts_at=f"{number}:00",
            ends_at=f"{number}:45",
            title_en=f"Talk {number}",
            kind="presentation",
        )
    make_session(day, room=big, starts_at="17:00", ends_at="18:00", title_en="Gone", state="cancelled")
    make_session(day, starts_at="8:00", ends_at="8:30", title_en="In no room")
    (found,) = days_of(edition)
    return found


def test_sign_has_what_is_held_in_the_room_and_leads_to_each(db, settings, monkeypatch):
    day, led_to = make_rooms(settings), []
    drawn = room_signs.Drawing.qr
    monkeypatch.setattr(
        room_signs.Drawing, "qr", lambda self, text, *place: led_to.append(text) or drawn(self, text, *place)
    )
    file = BytesIO()

    room_signs.write_signs(day.programme, day.day, day.stamp, file)

    pages = [page.extract_text().replace("\u200b", "") for page in PdfReader(file).pages]
    assert len(pages) > 1  # what does not fit goes on, under the same name
    assert all("Big hall" in text and "សាលធំ" in text for text in pages)
    text = "".join(pages)
    assert [f"Talk {number}" in text for number in range(9, 17)] == [True] * 8
    assert "9:00 – 9:45" in text
    assert "៩:០០ – ៩:៤៥" in text
    assert "Gone" not in text
    assert "In no room" not in text
    assert len(led_to) == len(set(led_to)) == 8
    assert all(address.startswith("https://conference.example.org/km/2030/") for address in led_to)


def test_room_is_known_by_its_name(db, settings):
    (room,) = rooms_of(make_rooms(settings).programme)

    assert room.name == Text("Big hall", "សាលធំ")


def test_theme_without_times_of_its_own_has_a_sign_at_those_of_its_breakout(edition):
    first, second = days_of(edition)

    signs = {str(room.name): [place.session.code for place in room.places] for room in rooms_of(second.programme)}

    assert rooms_of(first.programme) == []
    assert len(signs) > 1
    assert all(signs.values())
