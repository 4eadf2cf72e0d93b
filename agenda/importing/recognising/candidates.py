"""The ways in which the lines of a grid may be read. Pure.

The headings say most; what stands in all cells of a column says the rest. `scoring` chooses between them.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from agenda.importing.recognising.account import ColumnRole
from agenda.importing.recognising.column_words import column_role
from agenda.importing.recognising.columns import Column, columns_of
from agenda.importing.recognising.days import WrittenDay
from agenda.importing.recognising.grid import Grid
from agenda.importing.recognising.layouts import (
    TIMES,
    TITLES,
    Over,
    Reading,
    header_of,
    heading_texts,
    times_go_across,
)
from agenda.importing.recognising.looks import Looks

_UNSAID = TITLES | {ColumnRole.OTHER, ColumnRole.DESCRIPTION}
_IN_BRACKETS = re.compile(r"(?P<before>[^()]+?)\s*\((?P<inside>[^()]+)\)")
_COUNTED = re.compile(
    r"(?P<word>[^\W\d][\w\u1780-\u17d3’' .-]*?)\s*(?:ទី\s*)?(?:\d{1,2}|[០-៩]{1,2}|[A-H]|[IVX]{1,4}|[កខគឃង])"
)
_FOR_ALL = re.compile(r"plenar|plénière|common|joint|general|all\b|everyone|pleno|រួម", re.IGNORECASE)
Fixed = dict[int, ColumnRole]  # what staff said of columns


def candidates(
    grid: Grid, lines: range, looks: Looks, fixed: Fixed, named: Reading | None = None
) -> Iterator[Reading]:
    """`named` is how the table above was read, if it has headings: a table without any may go on with its columns."""
    header = header_of(grid, lines, looks)
    columns = columns_of(grid, lines, header, looks)
    plain = _rows(grid, lines, header, columns, fixed)
    yield plain
    further_left = _titles_further_left(plain, columns, fixed)
    if further_left:
        yield further_left
    grid_of_sessions = _sessions(plain, columns, looks, fixed)
    if grid_of_sessions:
        yield grid_of_sessions
    inside = _inside(plain, columns, looks)
    if inside and not fixed:
        yield inside
    if named and not header and not grid.is_turned and named.grid.width == grid.width and not fixed:
        yield replace(named, grid=grid, lines=lines, header=header)
    is_whole = len(lines) == len(grid.lines)
    if is_whole and not fixed and not grid.is_turned and times_go_across(grid, lines, looks):
        turned = grid.turned
        yield from candidates(turned, range(len(turned.lines)), looks, fixed)


def _rows(grid: Grid, lines: range, header: range, columns: list[Column], fixed: Fixed) -> Reading:
    """A session in each row."""
    roles: list[ColumnRole | None] = [fixed.get(at) or column.named for at, column in enumerate(columns)]
    _times(roles, columns)
    for at, column in enumerate(columns):
        roles[at] = roles[at] or column.by_content()
    _titles(roles, columns)
    evidence = sum(column.named == role for column, role in zip(columns, roles, strict=True) if role)
    for at, column in enumerate(columns):
        unsaid = ColumnRole.NUMBER if column.numbers > 0.7 else ColumnRole.DESCRIPTION
        further = (ColumnRole.OTHER if column.heading else unsaid) if column.slots else ColumnRole.IGNORED
        roles[at] = roles[at] or further
    settled = tuple(role for role in roles if role)
    headings = tuple(column.heading for column in columns)
    return Reading(grid, lines, header, settled, headings, evidence=evidence)


def _times(roles: list[ColumnRole | None], columns: list[Column]) -> None:
    """The columns of times, wherever they stand; and what a heading calls a time and is a length."""
    times = {ColumnRole.TIME, ColumnRole.START}
    for at, column in enumerate(columns):
        if roles[at] == ColumnRole.TIME and column.lengths > 0.6 and column.times < 0.3:
            roles[at] = ColumnRole.DURATION
        elif roles[at] == ColumnRole.DURATION and column.spans > 0.6 and not times & set(roles):
            roles[at] = ColumnRole.TIME
    for at, (one, other) in enumerate(pairwise(columns)):  # below "Time", which is merged over both
        is_both = one.heading == other.heading and one.only_starts and other.only_starts
        if is_both and roles[at] == roles[at + 1] == ColumnRole.TIME and min(one.times, other.times) > 0.6:
            roles[at : at + 2] = [ColumnRole.START, ColumnRole.END]
    if any(role in (ColumnRole.TIME, ColumnRole.START) for role in roles):
        return
    best = max(range(len(columns)), key=lambda at: columns[at].times, default=None)
    if best is None or columns[best].times < 0.3:
        behind = next((at for at, column in enumerate(columns) if column.times_behind > 0.6), None)
        if behind is not None:
            roles[behind] = ColumnRole.TIME
        return
    is_corner = columns[best].times == 1 and roles[best] in (ColumnRole.ROOM, ColumnRole.TRACK)  # "Room", for the rows
    if not is_corner and roles[best] not in (None, ColumnRole.NUMBER, ColumnRole.TITLE):
        return
    following = columns[best + 1] if best + 1 < len(columns) else None
    if (
        following
        and following.times > 0.6
        and columns[best].only_starts
        and following.only_starts
        and not roles[best + 1]
    ):
        roles[best : best + 2] = [ColumnRole.START, ColumnRole.END]
    else:
        roles[best] = ColumnRole.TIME


def _titles(roles: list[ColumnRole | None], columns: list[Column]) -> None:
    """One column has the titles; or one in English and one in Khmer."""
    named = [at for at, role in enumerate(roles) if role in TITLES]
    free = [at for at, role in enumerate(roles) if role is None and columns[at].words > 0.5]
    if not named and free:
        best = max(columns[at].as_titles for at in free)
        first = next(at for at in free if columns[at].as_titles * 1.4 >= best)
        roles[first] = ColumnRole.TITLE
        named = [first]
    others = [at for at, role in enumerate(roles) if role in (None, ColumnRole.TITLE) or columns[at].alone in TITLES]
    for one in named:
        for other in others:
            if one != other and roles[one] == ColumnRole.TITLE and columns[one].is_translated_in(columns[other]):
                pair = [ColumnRole.TITLE_EN, ColumnRole.TITLE_KM]
                roles[one], roles[other] = pair if columns[other].khmer > columns[one].khmer else pair[::-1]
    for other in named[1:]:
        if roles[other] == ColumnRole.TITLE:
            roles[other] = None
    if named and columns[named[0]].names < 0.5:
        for at, column in enumerate(columns):
            if roles[at] is None and not column.heading and column.names > 0.6 and len(column.faces) > 1:
                roles[at] = ColumnRole.PEOPLE


def _titles_further_left(plain: Reading, columns: list[Column], fixed: Fixed) -> Reading | None:
    """Without headings, short texts such as "Opening" may be the titles, and longer ones beside them who speaks."""
    titles = plain.columns(ColumnRole.TITLE)
    left = [at for at in plain.columns(ColumnRole.DESCRIPTION) if columns[at].words > 0.5 and columns[at].differ]
    if fixed or plain.grid.is_turned or any(plain.headings) or not titles or not left or left[0] > titles[0]:
        return None
    roles = list(plain.roles)
    roles[left[0]], roles[titles[0]] = ColumnRole.TITLE, ColumnRole.DESCRIPTION
    return replace(plain, roles=tuple(roles), evidence=plain.evidence + 0.1, is_further_left=True)


def _sessions(plain: Reading, columns: list[Column], looks: Looks, fixed: Fixed) -> Reading | None:
    """A session in each cell below the name of a day, a room or a track; in the other columns as in `plain`."""
    over = {}
    for at in range(len(columns)):
        wanted = fixed.get(at) == ColumnRole.SESSIONS
        is_time = plain.roles[at] in TIMES
        said = _over(plain, at, looks) if not is_time and (at not in fixed or wanted) else None
        if said or wanted:
            over[at] = said or Over()
    over.update(_counted(plain, columns, over))
    over.update(_merged_with(plain, columns, over))
    over.update(_beside_rooms(plain, columns, over))
    tracks = {one.track for one in over.values()}
    if len(over) > 1 and len(tracks) == 1 and not any(looks(track).is_track for track in tracks):
        over = {at: replace(one, track="") for at, one in over.items()}  # "Parallel sessions", above all rooms
    is_unknown, has_open_names = not over, False
    if (
        is_unknown
        and not fixed
        and not any(columns[at].named in TITLES | {ColumnRole.PEOPLE} for at in range(len(columns)))
    ):
        free = [at for at, role in enumerate(plain.roles) if role in _UNSAID and columns[at].may_be_sessions]
        names = {at: columns[at].heading for at in free if columns[at].words > 0.5}
        are_rooms = _corner_names_rooms(plain)
        over = {at: Over(room=name) if are_rooms else Over(track=name) for at, name in names.items()}
        has_open_names = bool(over) and not are_rooms
    if len(over) < 2 and not fixed:
        return None
    roles = list(plain.roles)
    for at in over:
        roles[at] = ColumnRole.SESSIONS
    for at, role in enumerate(roles):
        if role in TITLES and at not in over:
            roles[at] = ColumnRole.OTHER
    named = sum(column.named == role for column, role in zip(columns, roles, strict=True))
    evidence = named + (0.5 if is_unknown else 1.5) * len(over)
    return replace(plain, roles=tuple(roles), over=over, evidence=evidence, has_open_names=has_open_names)


def _counted(plain: Reading, columns: list[Column], over: dict[int, Over]) -> dict[int, Over]:
    """ "Seminar 1" beside "Seminar 2": the same word with another number is over columns that run side by side."""
    found: dict[str, dict[int, Over]] = {}
    for at, column in enumerate(columns):
        counted = _COUNTED.fullmatch(column.heading)
        if at not in over and counted and plain.roles[at] not in TIMES and not column.named:
            found.setdefault(counted["word"].casefold(), {})[at] = Over(track=column.heading)
    several = {at: one for group in found.values() if len(group) > 1 for at, one in group.items()}
    if any(one.room for one in over.values()):  # beside "Ballroom" they are rooms too
        return {at: Over(room=one.track) for at, one in several.items()}
    return several


def _corner_names_rooms(plain: Reading) -> bool:
    """ "Room" over the times, or "Time / Room"."""
    corners = [part for at in plain.columns(*TIMES) for part in re.split(r"[/\\|]", plain.headings[at])]
    return any(column_role(part.strip()) == ColumnRole.ROOM for part in corners)


def _merged_with(plain: Reading, columns: list[Column], over: dict[int, Over]) -> dict[int, Over]:
    """A hall with a name of its own, beside "Room 1": an opening is merged over both."""
    rooms = [at for at, one in over.items() if one.room and not one.track and not one.day]
    found = {}
    for at, column in enumerate(columns):
        if at in over or not rooms or not column.heading or column.named or plain.roles[at] not in _UNSAID:
            continue
        merged = [(slot.column, slot.last_column) for line in plain.body() if (slot := plain.grid.lines[line].get(at))]
        if any(first <= room <= last for first, last in merged for room in rooms):
            found[at] = Over(room=column.heading)
    return found


def _beside_rooms(plain: Reading, columns: list[Column], over: dict[int, Over]) -> dict[int, Over]:
    """ "Main stage" beside "Workshop room" and "Garden": what would have the titles is a place too."""
    rooms = [at for at, one in over.items() if one.room and not one.track and not one.day]
    if len(rooms) < 2 or len(rooms) < len(over):
        return {}
    free = [at for at in plain.columns(ColumnRole.TITLE) if at not in over and not columns[at].alone]
    names = {at: columns[at].heading for at in free if columns[at].heading}
    return {at: Over(track=name) if _FOR_ALL.match(name) else Over(room=name) for at, name in names.items()}


def _inside(plain: Reading, columns: list[Column], looks: Looks) -> Reading | None:
    """The cells of several days or rooms hold their times themselves: "9:00 Opening", each in a line."""
    held = [at for at, column in enumerate(columns) if column.inside >= 0.5]
    if len(held) < 2 and not any(columns[at].holds_lists for at in held):
        return None
    over = {at: _over(plain, at, looks) or Over() for at in held}
    roles = [ColumnRole.SESSIONS if at in held else ColumnRole.OTHER for at in range(len(columns))]
    return replace(plain, roles=tuple(roles), over=over, evidence=2.0 * len(held), is_inside=True)


def _over(plain: Reading, column: int, looks: Looks) -> Over | None:
    """What the headings of a column say: "March 27", below it "Room A"."""
    day: WrittenDay | None = None
    room = track = other = ""
    for text in heading_texts(plain.grid, plain.header, column):
        face = looks(text)
        if face.day:
            day, rest = face.day[0], face.day[1].strip("() ")
            track = track or ("" if looks(rest).is_part_of_day else rest)
        elif face.is_place:
            room = text
        elif face.is_track:
            both = _IN_BRACKETS.fullmatch(text)  # "Track A – Methods (Room 101)"
            track, room = both.groups() if both and looks(both["inside"]).is_place else (text, room)
        elif face.role is None:
            other = other or text
    if day or room:
        track = track or other
    return Over(day, room, track) if day or room or track else None
