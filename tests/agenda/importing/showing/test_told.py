"""What stands on top of the preview, from proposals made by hand."""

import datetime

from agenda.choices import Kind
from agenda.importing.reading.document import Cell, Document, Paragraph, Row, Spot, Table
from agenda.importing.recognising.account import Became, Fate
from agenda.importing.recognising.proposal import Problem, Proposal, Proposed
from agenda.importing.showing.told import told
from conference.language.translated import Text

DATE = datetime.date(2030, 3, 26)


def document(*rows, part=""):
    cells = [tuple(Cell(text, at) for at, text in enumerate(row) if text) for row in rows]
    return Document((Table(tuple(Row(at, row) for at, row in enumerate(cells, start=1)), part),))


def proposal(*fates, sessions=(), problems=()):
    return Proposal((), tuple(sessions), tuple(problems), (), fates=tuple(fates))


def session(row):
    return Proposed(row, DATE, Kind.PRESENTATION, Text("Maps"), starts_at=datetime.time(9), ends_at=datetime.time(10))


def fate(row, became, reason="", left=""):
    return Fate(Spot(0, row), became, reason, left)


def said(notices):
    return [f"{one.where}: {one.text}" for one in notices]


def test_parts_of_the_count_add_up_to_the_rows():
    fates = [fate(1, Became.HEADING), fate(2, Became.SESSION), fate(3, Became.PART), fate(4, Became.UNREAD, "Why")]

    count = told(proposal(*fates, sessions=[session(2)]), document(*[["x"]] * 4), {}).count

    assert count == "4 rows: 1 session, 1 that goes on, 1 heading, 1 not understood."


def test_grid_says_how_many_sessions_its_rows_have():
    fates = [fate(1, Became.HEADING), fate(2, Became.SESSION)]

    count = told(proposal(*fates, sessions=[session(2), session(2)]), document(["x"], ["x"]), {}).count

    assert count == "2 rows: 1 row with 2 sessions, 1 heading."


def test_file_that_names_its_fields_says_how_many_rows_are_not_understood():
    count = told(
        proposal(sessions=[session(2)], problems=[Problem(3, "No."), Problem(3, "Nor.")]), Document(()), {}
    ).count

    assert count == "1 session, 1 not understood"


def test_rows_with_one_reason_stand_together_with_their_words():
    fates = [fate(row, Became.PASSED, "A total.") for row in (1, 2, 4)]

    found = told(proposal(*fates), document(["Total", "7"], ["Sum"], ["x"], ["All"], part="Sheet 2"), {})

    assert said(found.passed) == ["Sheet 2, rows 1–2, 4: “Total | 7”, “Sum”, “All” – A total."]


def test_problem_that_says_what_the_fate_says_stands_once():
    fates = [fate(1, Became.UNREAD, "No time.")]
    problems = [Problem(1, "No time."), Problem(1, "No title.")]

    found = told(proposal(*fates, problems=problems), document(["x"]), {})

    assert said(found.unread) == ["Row 1: “x” – No time.", "Row 1: “x” – No title."]


def test_words_left_of_a_row_and_doubts_are_named():
    fates = [fate(1, Became.SESSION, left="ET"), fate(2, Became.SESSION)]

    found = told(proposal(*fates), document(["x"], ["y"]), {Spot(0, 2): ["It says no end."]})

    assert said(found.doubtful) == ["Row 1: “ET” was left out.", "Row 2: It says no end."]


def test_line_outside_a_table_is_named_by_its_words():
    lines = Document((Paragraph("See you there", 9),))

    found = told(proposal(Fate(Spot(0, 9), Became.UNREAD, "No time.")), lines, {})

    assert said(found.unread) == ["Row 9: “See you there” – No time."]
