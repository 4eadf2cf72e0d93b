"""A document as the rows that `recognise` takes, and what it says of them as what became of each row."""

import datetime
from dataclasses import replace

from agenda.importing.reading.document import Document, Paragraph, Spot
from agenda.importing.reading.rows import Row
from agenda.importing.recognising.account import Became, Fate
from agenda.importing.recognising.people import Known
from agenda.importing.recognising.proposal import Proposal, Proposed
from agenda.importing.recognising.recognise import recognise


def recognise_document(document: Document, *, first_day: datetime.date, known: Known) -> Proposal:
    spots: list[Spot] = []
    rows: list[Row] = []
    for at, block in enumerate(document.blocks):
        lines = (
            [(block.number, (block.text,))]
            if isinstance(block, Paragraph)
            else [(row.number, _cells(row.cells)) for row in block.rows]
        )
        for number, cells in lines:
            gap = bool(spots) and (spots[-1].block != at or number > spots[-1].row + 1) and not _goes_on(document, at)
            spots.append(Spot(at, number))
            rows.append(Row(len(spots), cells, gap))
    return _placed(recognise(rows, first_day=first_day, known=known), spots)


def _goes_on(document: Document, at: int) -> bool:
    blocks = document.blocks[max(at - 1, 0) : at + 1]
    return len(blocks) == 2 and all(isinstance(block, Paragraph) for block in blocks)


def _cells(cells: tuple) -> tuple[str, ...]:  # type: ignore[type-arg]
    found = [""] * max(cell.column + 1 for cell in cells)
    for cell in cells:
        found[cell.column] = cell.text
    return tuple(found)


def _placed(proposal: Proposal, spots: list[Spot]) -> Proposal:
    def spot(row: int) -> Spot:
        return spots[row - 1] if 0 < row <= len(spots) else Spot(0, row)

    def placed(one: Proposed) -> Proposed:
        at = spot(one.row)
        return replace(one, row=at.row, block=at.block, children=tuple(map(placed, one.children)))

    became: dict[Spot, Fate] = {}
    for row, _text in proposal.passed_over:
        became[spot(row)] = Fate(spot(row), Became.PASSED)
    for problem in proposal.problems:
        if problem.stops:
            became[spot(problem.row)] = Fate(spot(problem.row), Became.UNREAD, problem.text)
    days = tuple(replace(day, row=spot(day.row).row, block=spot(day.row).block) for day in proposal.days)
    for day in days:
        became[Spot(day.block, day.row)] = Fate(Spot(day.block, day.row), Became.DAY)
    sessions = tuple(map(placed, proposal.sessions))
    for one in (part for top in sessions for part in top.walk()):
        became[Spot(one.block, one.row)] = Fate(Spot(one.block, one.row), Became.SESSION)
    problems = tuple(
        replace(problem, row=spot(problem.row).row, block=spot(problem.row).block) for problem in proposal.problems
    )
    fates = tuple(became.get(one, Fate(one, Became.PART)) for one in spots)
    return replace(proposal, days=days, sessions=sessions, problems=problems, fates=fates)
