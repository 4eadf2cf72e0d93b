"""A sign for the door of each room: its name, what takes place there on a day, and where each session is told of.

Both languages stand on it, Khmer first. The QR code of a session leads to its page.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import override

from agenda.feeds import inherited, words
from agenda.feeds.pdf import HEM, hem
from agenda.feeds.stamp import Stamp
from agenda.programme.value import Day, Place, Programme
from conference.language.translated import Text
from conference.words import clock
from conference.words import day as day_name
from registration.paper.drawing import Block, Board, Drawing

WIDTH, HEIGHT, MARGIN = 297.0, 210.0, 15.0  # mm
TIMES, QR = 52.0, 28.0  # mm
INK, PALE, LINE = "#000000", "#4b4b4b", "#b4b4b4"
LANGUAGES = ("km", "en")
NAME = {"km": (96, 84, 72, 60, 52, 44, 36, 30, 24), "en": (70, 62, 54, 46, 38, 32, 26, 20)}
LARGE, FEW = 60, 2  # points; a room of few sessions has room for a larger name
TITLE = {"km": (20, 18, 16, 14, 12), "en": (17, 15, 13.5, 12, 10.5)}


@dataclass(frozen=True)
class Room:
    name: Text
    places: list[Place]


def rooms_of(programme: Programme) -> list[Room]:
    """Each room of the day with what is held in it, in the order of the programme."""
    rooms: dict[str, Room] = {}
    for place in programme.places.values():
        name = inherited.room(programme, place)
        is_held = inherited.has_times(programme, place) and not inherited.is_cancelled(programme, place)
        # A topic of a session is no line of its own, unless it is held in another room.
        if name and is_held and (place.session.starts_at or place.session.room):
            key = f"{name.en}\n{name.km}"
            rooms.setdefault(key, Room(name, [])).places.append(place)
    return list(rooms.values())


def write_signs(programme: Programme, day: Day, stamp: Stamp, file: BinaryIO) -> None:
    """`programme` has this day alone."""
    with override("km"):
        board = Board(WIDTH, HEIGHT, _("Room signs"), "km")
    picture = board.picture(hem(programme, WIDTH))
    for room in rooms_of(programme):
        left = list(room.places)
        while left:
            board.add_page()
            page = Drawing(board, WIDTH, HEIGHT)
            page.picture(picture, 0, 0, WIDTH, HEM)
            y = _draw_name(page, room, day)
            first = True
            while left and (first or y + _height(board, left[0]) <= HEIGHT - MARGIN):
                y, first = _draw_session(page, programme, stamp, left.pop(0), y), False
            board.stamp(page, 0, 0)
    board.set_creation_date(stamp.changed_at)
    board.output(file)


def _draw_name(page: Drawing, room: Room, day: Day) -> float:
    width, y = WIDTH - 2 * MARGIN, HEM + 5.0
    for language, name in _said(room.name):
        sizes = [size for size in NAME[language] if size <= LARGE or len(room.places) <= FEW]
        block = page.board.fitted(name, language, "display", width=width, height=56, sizes=sizes)
        y = page.write(block, MARGIN, y, INK)
    for language in LANGUAGES:
        with override(language):
            block = page.board.fitted(day_name(day.date), language, "text", width=width, height=9, sizes=(14, 12))
        y = page.write(block, MARGIN, y, PALE)
    return y + 3


def _draw_session(page: Drawing, programme: Programme, stamp: Stamp, place: Place, y: float) -> float:
    session, board = place.session, page.board
    page.area(MARGIN, y, WIDTH - 2 * MARGIN, 0.3, LINE)
    y += 2
    at = y
    for language, colour, size in (("km", INK, 17), ("en", PALE, 14)):
        with override(language):
            times = " – ".join(map(clock, inherited.moments(programme, place)))
        at = page.write(board.wrapped(times, language, "display", TIMES, size), MARGIN, at, colour)
    at = y
    for block, colour in zip(_titles(board, place), (INK, PALE), strict=False):
        at = page.write(block, MARGIN + TIMES, at, colour)
    if session.has_page:
        with override("km"):
            address = stamp.site + words.address(programme, session)
        page.qr(address, WIDTH - MARGIN - QR, y, QR)
        at = max(at, y + QR)
    return max(at, y + 12) + 2


def _height(board: Board, place: Place) -> float:
    titles = sum(block.height for block in _titles(board, place))
    return max(titles, QR if place.session.has_page else 12) + 4


def _titles(board: Board, place: Place) -> Sequence[Block]:
    width = WIDTH - 2 * MARGIN - TIMES - QR - 5
    found: list[tuple[str, str]] = []
    for language in LANGUAGES:
        with override(language):
            said = words.with_status(place.session.heading, words.status(place.session))
        if all(said != other for _language, other in found):  # a title in one language alone stands there once
            found.append((language, said))
    style = dict(zip(LANGUAGES, ("display", "text"), strict=True))
    return [
        board.fitted(said, language, style[language], width=width, height=32, sizes=TITLE[language])
        for language, said in found
    ]


def _said(text: Text) -> list[tuple[str, str]]:
    return [(language, said) for language in LANGUAGES if (said := getattr(text, language))]
