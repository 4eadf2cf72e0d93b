"""Khmer texts keep the zero-width spaces that show where a word ends. All else is recognised without them."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from agenda.importing.reading.document import Block, Document, Paragraph, Spot
from agenda.importing.recognising.proposal import Proposal, Proposed, ProposedDay
from conference.language.khmer import store_clean
from conference.language.translated import Text

BREAK = "\u200b"


def without_breaks(document: Document) -> Document:
    return replace(document, blocks=tuple(map(_without, document.blocks)))


def _without(block: Block) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, text=block.text.replace(BREAK, ""))
    rows = (
        replace(row, cells=tuple(replace(cell, text=cell.text.replace(BREAK, "")) for cell in row.cells))
        for row in block.rows
    )
    return replace(block, rows=tuple(rows))


def _texts(document: Document) -> Iterator[tuple[Spot, str]]:
    for at, block in enumerate(document.blocks):
        if isinstance(block, Paragraph):
            yield Spot(at, block.number), block.text
        else:
            yield from ((Spot(at, row.number), row.text) for row in block.rows)


class WordBreaks:
    """Those of a document. They are looked for in the line that a text is, or is a part of."""

    def __init__(self, document: Document) -> None:
        self._of_row: dict[Spot, list[str]] = defaultdict(
            list
        )  # the lines that have breaks, as a Khmer text is stored
        for spot, text in _texts(document):
            if BREAK in text:
                self._of_row[spot] = [store_clean(line) for line in text.split("\n") if BREAK in line]
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
        lines = [self._line(Spot(of.block, of.row), line) for line in text.km.split("\n")]
        return Text(text.en, "\n".join(lines))

    def _line(self, spot: Spot, line: str) -> str:
        if line in self._whole:
            return self._whole[line]
        for source in self._of_row.get(spot, []) if line else []:
            if (at := source.replace(BREAK, "").find(line)) >= 0:
                places = [place for place, letter in enumerate(source) if letter != BREAK]
                return source[places[at] : places[at + len(line) - 1] + 1]
        return line
