"""The back of a badge: the days in short, and whom to call. In the language that its owner chose."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import override

from agenda.choices import PAUSES, Kind
from agenda.feeds.share_image import INK
from agenda.programme.value import Day, Programme
from conference.models import Edition
from conference.words import clock, digits, phone, short_day
from registration.paper.drawing import LEADING, MM, Block, Board, Drawing
from registration.paper.pieces import INDIGO, QUIET, RED, WHITE

SIDE, TIMES = 7.0, 13.0  # mm: the edge, and the room for a time
SIZES = (8.5, 8, 7.5, 7, 6.5, 6, 5.5)
FOOT = 22.0
LEFT_OUT = PAUSES | {Kind.REGISTRATION}  # where there is no room for all


def badge_back(
    board: Board, edition: Edition, programme: Programme, language: str, width: float, height: float
) -> Drawing:
    back = Drawing(board, width, height)
    with override(language):
        back.area(0, 0, width, 4, RED)
        title = board.fitted(
            str(edition.title), language, "display", width=width - 2 * SIDE, height=12, sizes=(11, 10, 9, 8)
        )
        top = back.write(title, SIDE, 7, INK) + 2
        _put_days(back, programme, language, top, height - FOOT - 2)
        _put_helpline(back, edition, language, height - FOOT)
    return back


def _put_days(back: Drawing, programme: Programme, language: str, top: float, bottom: float) -> None:
    """In the largest letters in which all has room; then without the breaks; then as much as there is room for."""
    for left_out in (frozenset[str](), frozenset(LEFT_OUT)):
        lines = [line for day in programme.days for line in _lines(day, left_out)]
        for size in SIZES:
            height = size * LEADING[language] / MM
            if len(lines) * height <= bottom - top:
                return _write(back, lines, language, top, bottom, size)
    return _write(back, lines, language, top, bottom, SIZES[-1])


def _lines(day: Day, left_out: frozenset[str]) -> Iterator[tuple[str, str]]:
    """(time, what): the day itself has no time."""
    number = _("Day %(number)s") % {"number": digits(day.number)}
    yield "", f"{number} · {short_day(day.date)}"
    for session in day.sessions:
        if session.starts_at and not session.is_cancelled and session.kind not in left_out:
            yield clock(session.starts_at), str(session.title or session.label or session.kind_label)


def _write(back: Drawing, lines: list[tuple[str, str]], language: str, top: float, bottom: float, size: float) -> None:
    y, room = top, back.width - 2 * SIDE
    for time, what in lines:
        if y + size * LEADING[language] / MM > bottom:
            break
        if not time:
            y = back.write(back.board.wrapped(what, language, "display", room, size), SIDE, y, RED)
            continue
        back.write(back.board.wrapped(time, language, "text", TIMES, size), SIDE, y, QUIET)
        y = back.write(_one_line(back.board, what, language, room - TIMES, size), SIDE + TIMES, y, INK)


def _one_line(board: Board, text: str, language: str, width: float, size: float) -> Block:
    """As many of its words as there is room for; an ellipsis says that there are more."""
    block = board.wrapped(text, language, "text", width, size)
    words = board.words(block.lines[0].text)
    while len(block.lines) > 1 and len(words) > 1:
        block = board.wrapped(f"{''.join(words).rstrip()}…", language, "text", width, size)
        words.pop()
    return Block(block.lines[:1], size, language)


def _put_helpline(back: Drawing, edition: Edition, language: str, top: float) -> None:
    back.area(0, top, back.width, FOOT, INDIGO)
    facts = [edition.where]
    if edition.contact_phone:
        number = phone(edition.contact_phone)
        facts.append(f"{_('Help')}{_(':')} {number}")
        if edition.contact_hours:
            facts.append(str(edition.contact_hours))
    room = (FOOT - 4) / max(1, len(facts))
    y = top + 2
    for fact in filter(None, facts):
        block = back.board.fitted(
            fact, language, "text", width=back.width - 2 * SIDE, height=room, sizes=(11, 10, 9, 8, 7, 6)
        )
        y = back.write(block, SIDE, y, WHITE)
