"""The part of the report with numbers: each table with its chart before it."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from conference.words import date_only, digits
from registration.figures.charts import bars_chart, growth_chart, province_map, totals_chart
from registration.figures.drawing import Chart, png
from registration.figures.growth import Growth
from registration.figures.measures import COMING, TRAVEL, Measure
from registration.figures.tables import Table
from registration.figures.workbook import NOTES, STEPS, TAKEN_ANEW
from registration.report.pieces import Bullets, Cell, Grid, Heading, Paragraph, Picture, Piece

MAP_WIDTH = 0.85


def figures(tables: Sequence[Table], growth: Growth, goal: int | None) -> Iterator[Piece]:
    total, *others = tables
    if goal:
        yield Paragraph(_("Target: at least %(number)s participants") % {"number": digits(goal)})
    yield Grid(
        caption=str(total.title),
        head=["", _("People in all")],
        rows=[[Cell(str(of.label)), Cell(cell.words)] for of, cell in zip(total.measures, total.totals, strict=True)],
        widths=(60, 40),
        are_numbers=True,
    )
    yield from _taken(total)
    yield from _chart(growth_chart(growth))
    yield Heading(_("Travel that ODC paid"), 2)
    yield from _chart(totals_chart(total, TRAVEL, _("Asked, decided, travelled")))
    yield Paragraph(str(NOTES[1]), is_note=True)
    for table in sorted(others, key=lambda one: one.code != "day"):
        yield from _table(table)


def how_to_read() -> Iterator[Piece]:
    yield Bullets([str(note) for note in [*NOTES, *STEPS, TAKEN_ANEW]])


def _table(table: Table) -> Iterator[Piece]:
    yield Heading(str(table.title), 2)
    if not table.rows:
        yield Paragraph(_("Too few people for numbers that may be passed on."), is_note=True)
        return
    # Bars of three colours side by side are as many as can be told apart; the table has the others.
    shown = [measure for measure in COMING if measure in table.measures]
    is_map = table.code == "province"
    yield from _chart(province_map(table, Measure.REGISTERED) if is_map else bars_chart(table, shown), is_map=is_map)
    places = [at for at, measure in enumerate(table.measures) if measure in shown]
    rows = [(str(label), cells) for label, cells in table.rows]
    yield Grid(
        caption=str(table.title),
        head=["", *(str(table.measures[at].label) for at in places)],
        rows=[
            [Cell(label), *(Cell(cells[at].words) for at in places)]
            for label, cells in [*rows, (_("People in all"), table.totals)]
        ],
        widths=(46, *(54 / len(places) for _place in places)),
        are_numbers=True,
        last_is_sum=True,
    )
    yield from _taken(table)


def _taken(table: Table) -> Iterator[Piece]:
    days = sorted({moment.date() for moment in table.taken_at if moment})
    if days:
        yield Paragraph(_("Taken until %(date)s, in ranges.") % {"date": date_only(days[-1])}, is_note=True)
    elif table.is_true:
        yield Paragraph(_("True numbers."), is_note=True)


def _chart(chart: Chart | None, *, is_map: bool = False) -> Iterator[Piece]:
    if chart:
        yield Picture(png(chart), chart.said, chart.title, MAP_WIDTH if is_map else 1.0)
