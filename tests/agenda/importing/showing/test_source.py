"""The source as the preview draws it."""

import datetime

from agenda.choices import Kind
from agenda.importing.reading.document import Cell, Document, Paragraph, Row, Spot, Table
from agenda.importing.recognising.account import Became, ColumnRole, Fate, Layout
from agenda.importing.recognising.proposal import Proposal, Proposed, ProposedDay
from agenda.importing.showing.source import MOST_SELECTS, sources
from conference.language.translated import Text

DAYS = [datetime.date(2030, 3, 26), datetime.date(2030, 3, 27)]
EMPTY = Proposal((), (), (), ())


def test_cells_stand_in_their_columns_and_merged_ones_leave_a_mark_below():
    rows = (
        Row(1, (Cell("9:00", 0, rows=2), Cell("Maps", 2))),
        Row(2, (Cell("Budgets", 1, columns=2),)),
    )

    (source,) = sources(Document((Table(rows),)), EMPTY, {}, DAYS)

    assert [[(cell.text, cell.columns) for cell in row.cells] for row in source.rows] == [
        [("9:00", 1), ("", 1), ("Maps", 1)],
        [("〃", 1), ("Budgets", 2)],
    ]


def test_lines_one_after_the_other_are_one_source():
    blocks = (Paragraph("Day 1", 1), Paragraph("9:00 Maps", 2), Table((Row(1, (Cell("x", 0),)),)), Paragraph("End", 9))

    found = sources(Document(blocks), EMPTY, {}, DAYS)

    assert [[row.spot for row in source.rows] for source in found] == [
        [Spot(0, 1), Spot(1, 2)],
        [Spot(2, 1)],
        [Spot(3, 9)],
    ]


def test_column_says_how_it_is_read_and_what_was_answered():
    table = Table((Row(1, (Cell("Time", 0), Cell("Topic", 1))),))
    proposal = Proposal(
        (), (), (), (), layouts=(Layout(0, (ColumnRole.TIME, ColumnRole.OTHER), ("Time", "Topic"), 1),)
    )

    (source,) = sources(Document((table,)), proposal, {"column-0-1": "title"}, DAYS)

    assert [(column.heading, str(column.role), column.chosen) for column in source.columns] == [
        ("Time", "time", ""),
        ("Topic", "goes to the description under its own name", "title"),
    ]


def test_form_has_no_more_selects_than_a_form_takes():
    wide = Table((Row(1, tuple(Cell("x", at) for at in range(40))),))

    found = sources(Document((wide,) * 9), EMPTY, {}, DAYS)

    assert sum(len(source.columns) for source in found) <= MOST_SELECTS


def test_row_offers_the_next_day_and_the_heading_of_a_day_all():
    rows = tuple(Row(number, (Cell("x", 0),)) for number in (1, 2, 3))
    session = Proposed(2, DAYS[0], Kind.PRESENTATION, Text("Maps"), starts_at=datetime.time(9))
    proposal = Proposal((ProposedDay(1, DAYS[0], Text()),), (session,), (), (), fates=(Fate(Spot(0, 1), Became.DAY),))

    (source,) = sources(Document((Table(rows),)), proposal, {"day-0-3": "2030-03-27"}, DAYS)

    assert [(row.asks_day, row.next_day, row.day_answer) for row in source.rows] == [
        (True, DAYS[1], ""),
        (False, DAYS[1], ""),
        (True, DAYS[1], "2030-03-27"),
    ]
