"""The charts of the figures: they show once more what stands in a table beside them, and say it in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from conference.words import comma, digits, labelled, short_day
from registration.choices import Province
from registration.figures.drawing import Box, Chart, Path, Shape, Words, fitted, in_lines
from registration.figures.growth import Growth
from registration.figures.measures import Measure
from registration.figures.tables import Cell, Table

WIDTH = 640
TONES = ("first", "third", "second")  # of the bars of a row, one after the other


# --- how many registered, day by day ---

LEFT, RIGHT, TOP, FLOOR = 40, 110, 38, 228


def growth_chart(growth: Growth) -> Chart | None:
    if not growth.days:
        return None
    language = get_language() or "en"
    last_day, last = growth.days[-1]
    highest = max(last.lowest or 0, growth.goal or 0, 1)
    title = _("Registered, day by day")
    said = [labelled(short_day(day), cell.words) for day, cell in growth.rows[-1:]]
    if growth.goal:
        said.append(_("Target: at least %(number)s participants") % {"number": digits(growth.goal)})
    first_day = growth.days[0][0]
    wide = (WIDTH - LEFT - RIGHT) / max(1, (last_day - first_day).days)

    def place(day: date, number: int) -> tuple[float, float]:
        return LEFT + wide * (day - first_day).days, FLOOR - (FLOOR - TOP) * number / highest

    points = [place(day, cell.lowest or 0) for day, cell in growth.days]
    steps = [points[0], *(corner for before, now in pairwise(points) for corner in ((now[0], before[1]), now))]
    steps = [(LEFT, FLOOR), *steps, (WIDTH - RIGHT, points[-1][1])]
    x, y = steps[-1]
    shapes: list[Shape] = [Path(((LEFT, FLOOR), (WIDTH - RIGHT, FLOOR)), "line")]
    if growth.goal:
        at = place(first_day, growth.goal)[1]
        words = _("Target %(number)s") % {"number": digits(growth.goal)}
        shapes.append(Path(((LEFT, at), (WIDTH - RIGHT, at)), "goal", 2))
        shapes += _beside(words, at, language, "goal", taken=y)
    shapes += [Path(tuple(steps), "first", 3), Words(x + 8, y + 5, last.words, language, 15, style="display")]
    shapes += [Words(LEFT, FLOOR + 22, short_day(first_day), language)]
    if len(growth.days) > 1:
        shapes += [Words(WIDTH - RIGHT, FLOOR + 22, short_day(last_day), language, anchor="end")]
    shapes += [Words(LEFT - 8, FLOOR + 5, digits(0), language, anchor="end")]
    return Chart(title, labelled(title, comma().join(said)), WIDTH, FLOOR + 36, tuple(shapes))


def _beside(words: str, y: float, language: str, tone: str, *, taken: float) -> list[Words]:
    """At the right of a line; above or below it where the number of the curve stands there."""
    top = y + 5 if abs(y - taken) > 18 else (taken - 15 if y <= taken else taken + 23)
    return [Words(WIDTH - RIGHT + 8, top, words, language, tone=tone)]


# --- answers, as bars ---

LABEL, BAR, GAP = 190, 13, 4


def bars_chart(table: Table, measures: Sequence[Measure] | None = None) -> Chart | None:
    """A row for each answer, in it a bar for each measure. A range has a pale end."""
    places = [at for at, one in enumerate(table.measures) if measures is None or one in measures][: len(TONES)]
    rows = [(str(label), [cells[at] for at in places]) for label, cells in table.rows]
    return _bars(str(table.title), [str(table.measures[at].label) for at in places], rows)


def totals_chart(table: Table, measures: Sequence[Measure], title: str) -> Chart | None:
    """A bar for each measure, of people in all."""
    of = dict(zip(table.measures, table.totals, strict=True))
    return _bars(title, [], [(str(one.label), [of[one]]) for one in measures if one in of])


def _bars(title: str, names: Sequence[str], rows: Sequence[tuple[str, list[Cell]]]) -> Chart | None:
    most = max((cell.highest or 0 for _label, cells in rows for cell in cells), default=0)
    if not most:
        return None
    language = get_language() or "en"
    room = WIDTH - LABEL - 130
    shapes: list[Shape] = []
    x, y = float(LABEL), 8.0
    for tone, name in zip(TONES, names, strict=False):
        found = fitted(name, language, 120, 13, 1)
        shapes += [Box(x, y, BAR, BAR, tone), *in_lines(found, x + BAR + 6, y - 3, language)]
        x += BAR + 26 + found.width
    y += 28 if names else 0
    for label, cells in rows:
        block = fitted(label, language, LABEL - 16, 13, 3)
        tall = max(block.height, len(cells) * (BAR + GAP))
        shapes += in_lines(block, LABEL - 10, y + (tall - block.height) / 2, language, "end")
        at = y + (tall - len(cells) * (BAR + GAP)) / 2
        for tone, cell in zip(TONES, cells, strict=False):
            low, high = (room * (number or 0) / most for number in (cell.lowest, cell.highest))
            shapes += [Box(LABEL, at, high, BAR, f"{tone}-pale"), Box(LABEL, at, low, BAR, tone)]
            shapes.append(Words(LABEL + high + 6, at + BAR - 2, cell.words, language, 12))
            at += BAR + GAP
        y += tall + 8
    shapes.append(Path(((LABEL, 8 + (28 if names else 0) - 4), (LABEL, y)), "line"))
    return Chart(title, labelled(title, comma().join(_said(names, rows))), WIDTH, round(y) + 6, tuple(shapes))


def _said(names: Sequence[str], rows: Iterable[tuple[str, list[Cell]]]) -> list[str]:
    said = []
    for label, cells in rows:
        parts = [f"{name} {cell.words}" for name, cell in zip(names or [""], cells, strict=False)]
        said.append(f"{label} ({comma().join(parts)})" if names else f"{label}{parts[0]}")
    return said


# --- the provinces, a tile each, about where they lie ---

_MAP = """
  .  .  22 13 19 16
  .  01 17 06 10 11
  24 02 .  03 25 .
  .  15 04 12 14 .
  09 05 08 20 .  .
  .  18 07 21 .  .
  .  .  23 .  .  abroad
"""
TILES = {
    code: (column, row)
    for row, line in enumerate(_MAP.split("\n")[1:-1])
    for column, code in enumerate(line.split())
    if code != "."
}
TILE_WIDTH, TILE_HEIGHT, SEAM = 106, 84, 4
SHADES = 4


@dataclass(frozen=True)
class _Tile:
    cell: Cell
    names: tuple[tuple[str, str], ...]  # in the language of the reader first
    shade: int


def province_map(table: Table, measure: Measure = Measure.REGISTERED) -> Chart | None:
    """Colour shows a number that stands there too. Names in both languages: a map is passed on by itself."""
    if measure not in table.measures:
        return None
    at = table.measures.index(measure)
    cells = {code: table.by_answer[code][at] for code in TILES if code in table.by_answer}
    most = max((cell.lowest or 0 for cell in cells.values()), default=0)
    if not any(cell.highest for cell in cells.values()):
        return None
    shapes: list[Shape] = []
    for code, (column, row) in TILES.items():
        share = (cells[code].lowest or 0) / most if most else 0
        shade = min(SHADES, int(share * SHADES) + 1) if cells[code].lowest else 0
        shapes += _tile(_Tile(cells[code], _names(code), shade), column * TILE_WIDTH, row * TILE_HEIGHT)
    title = f"{table.title} ({measure.label})"
    known = [f"{Province(code).label} {cell.words}" for code, cell in cells.items() if cell.lowest]
    if len(known) < len(cells):
        rest = next(cell for cell in cells.values() if not cell.lowest)
        known.append(f"{_('Each of the others')} {rest.words}")
    width, height = 6 * TILE_WIDTH, 7 * TILE_HEIGHT
    return Chart(title, labelled(title, comma().join(known)), width, height, tuple(shapes))


def _names(code: str) -> tuple[tuple[str, str], ...]:
    own = get_language() or "en"
    names = []
    for language in (own, "km" if own == "en" else "en"):
        with override(language):
            names.append((language, str(Province(code).label)))
    return tuple(names)


def _tile(tile: _Tile, x: float, y: float) -> list[Shape]:
    wide, tone = TILE_WIDTH - SEAM, "on-dark" if tile.shade > SHADES // 2 else "ink"
    shapes: list[Shape] = [Box(x, y, wide, TILE_HEIGHT - SEAM, f"shade-{tile.shade}")]
    top = y + 3
    for (language, name), size in zip(tile.names, (12, 10), strict=True):
        found = fitted(name, language, wide - 6, size, 1)
        shapes += in_lines(found, x + wide / 2, top, language, "middle", tone)
        top += 24 if size > 10 else 20
    own = tile.names[0][0]
    number = fitted(tile.cell.words, own, wide - 10, 16, 1, "display")
    bottom = y + TILE_HEIGHT - SEAM
    return shapes + list(in_lines(number, x + wide / 2, (top + bottom - number.height) / 2, own, "middle", tone))
