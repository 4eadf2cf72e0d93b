"""Khmer texts keep the zero-width spaces that show where a word ends. All else is recognised without them."""

from collections.abc import Sequence
from dataclasses import replace

from agenda.importing.reading.rows import Row
from agenda.importing.recognising.proposal import Proposal, Proposed, ProposedDay
from conference.khmer import store_clean
from conference.translated import Text

BREAK = "\u200b"


def without_breaks(rows: Sequence[Row]) -> list[Row]:
    return [replace(row, cells=tuple(cell.replace(BREAK, "") for cell in row.cells)) for row in rows]


class WordBreaks:
    """Those of a table. They are looked for in the line that a text is, or is a part of."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._of_row: dict[int, list[str]] = {}  # the lines that have breaks, as a Khmer text is stored
        for row in rows:
            if lines := [store_clean(line) for cell in row.cells for line in cell.split("\n") if BREAK in line]:
                self._of_row[row.number] = lines
        self._whole = {line.replace(BREAK, ""): line for lines in self._of_row.values() for line in lines}

    def put_back(self, proposal: Proposal, most: dict[str, int]) -> Proposal:
        """`most` says how many letters a title or a label may have: it stays without breaks if it had more."""
        if not self._whole:
            return proposal
        days = tuple(replace(day, intro=self._text(day, day.intro)) for day in proposal.days)
        return replace(proposal, days=days, sessions=tuple(self._session(one, most) for one in proposal.sessions))

    def _session(self, one: Proposed, most: dict[str, int]) -> Proposed:
        texts = {name: self._text(one, getattr(one, name)) for name in ("title", "label", "description")}
        fit = {name: text for name, text in texts.items() if len(text.km) <= most.get(name, len(text.km))}
        return replace(one, **fit, children=tuple(self._session(child, most) for child in one.children))  # type: ignore[arg-type]

    def _text(self, of: Proposed | ProposedDay, text: Text) -> Text:
        lines = [self._line(of.row, line) for line in text.km.split("\n")]
        return Text(text.en, "\n".join(lines))

    def _line(self, row: int, line: str) -> str:
        if line in self._whole:
            return self._whole[line]
        for source in self._of_row.get(row, []) if line else []:
            if (at := source.replace(BREAK, "").find(line)) >= 0:
                places = [place for place, letter in enumerate(source) if letter != BREAK]
                return source[places[at] : places[at + len(line) - 1] + 1]
        return line
