"""What stands on top of the preview: the count of the rows, and every row that needs a look, with its reason. Pure.

Nothing is lost silently: what was not taken is named here with its place, its words and the reason, unfolded.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from agenda.importing.reading.document import Document, Spot, Table
from agenda.importing.recognising.account import Became, Fate
from agenda.importing.recognising.proposal import Problem, Proposal
from conference.words import comma, digits

MOST_LETTERS = 80
MOST_QUOTED = 30  # rows with one and the same reason: beyond, only their numbers
NOT_TAKEN = (Became.UNREAD, Became.PASSED)


@dataclass(frozen=True)
class Notice:
    """One reason and the rows it is about, in the reader's language."""

    where: str  # "Row 3", "Rows 3, 5", "Sheet “Day 2”, row 3"
    text: str
    spot: Spot | None = None  # the first row, to lead there


@dataclass(frozen=True)
class Told:
    count: str
    unread: tuple[Notice, ...]
    doubtful: tuple[Notice, ...]  # understood, and not ticked or worth a look
    passed: tuple[Notice, ...]
    unseen: tuple[Notice, ...]  # what the reader left out: hidden sheets, deleted words


def told(proposal: Proposal, document: Document, doubts: Mapping[Spot, list[str]]) -> Told:
    texts = texts_of(document)
    fates = {fate.spot: fate for fate in proposal.fates}
    said: dict[str, dict[Spot, list[str]]] = {"unread": defaultdict(list), "doubt": defaultdict(list)}
    for fate in proposal.fates:
        if fate.became == Became.UNREAD:
            said["unread"][fate.spot].append(fate.reason or _("It was not understood."))
        elif fate.left:
            said["doubt"][fate.spot].append(_("“%(text)s” was left out.") % {"text": short(fate.left)})
    for problem in proposal.problems:
        _add(said, fates, problem)
    for spot, reasons in doubts.items():
        _add_each(said["doubt"][spot], reasons)
    passed = {fate.spot: [fate.reason] for fate in proposal.fates if fate.became == Became.PASSED}
    if not proposal.fates:
        passed = {Spot(0, row): [text] for row, text in proposal.passed_over}
    return Told(
        count=count_of(proposal),
        unread=tuple(_notices(said["unread"], document, texts)),
        doubtful=tuple(_notices(said["doubt"], document, {})),
        passed=tuple(_notices(passed, document, texts)),
        unseen=tuple(
            Notice(left.where, " – ".join(filter(None, [left.text and in_quotes(left.text), left.reason])))
            for left in document.left_out
        ),
    )


def _add(said: dict[str, dict[Spot, list[str]]], fates: Mapping[Spot, Fate], problem: Problem) -> None:
    spot = Spot(problem.block, problem.row)
    is_taken = not problem.stops or (spot in fates and fates[spot].became not in NOT_TAKEN)
    _add_each(said["doubt" if is_taken else "unread"][spot], [problem.text])


def _add_each(reasons: list[str], more: Iterable[str]) -> None:
    reasons += [reason for reason in more if reason not in reasons]


def count_of(proposal: Proposal) -> str:
    """ "42 rows: 36 sessions, 4 headings, 2 not understood": the parts add up to the rows."""
    rows = Counter(fate.became for fate in proposal.fates)
    sessions = sum(1 for top in proposal.sessions for one in top.walk() if one.starts_at)
    in_all = ngettext("%(number)s session", "%(number)s sessions", sessions) % {"number": digits(sessions)}
    if not proposal.fates:  # a file that names its fields
        unread = len({problem.row for problem in proposal.problems if problem.stops})
        said = ngettext("%(number)s not understood", "%(number)s not understood", unread) % {"number": digits(unread)}
        return comma().join([in_all, said] if unread else [in_all])
    of_sessions = rows[Became.SESSION]
    if of_sessions != sessions:
        said = ngettext("%(number)s row with %(sessions)s", "%(number)s rows with %(sessions)s", of_sessions)
        parts = [said % {"number": digits(of_sessions), "sessions": in_all}]
    else:
        parts = [in_all]
    for became, text in _parts(rows):
        if rows[became]:
            parts.append(text % {"number": digits(rows[became])})
    total = sum(rows.values())
    all_rows = ngettext("%(number)s row: %(parts)s.", "%(number)s rows: %(parts)s.", total)
    return all_rows % {"number": digits(total), "parts": comma().join(parts)}


def _parts(rows: Mapping[Became, int]) -> list[tuple[Became, str]]:
    n = rows.__getitem__
    return [
        (Became.PART, ngettext("%(number)s that goes on", "%(number)s that go on", n(Became.PART))),
        (Became.DAY, ngettext("%(number)s day", "%(number)s days", n(Became.DAY))),
        (Became.HEADING, ngettext("%(number)s heading", "%(number)s headings", n(Became.HEADING))),
        (Became.PASSED, ngettext("%(number)s left out", "%(number)s left out", n(Became.PASSED))),
        (Became.UNREAD, ngettext("%(number)s not understood", "%(number)s not understood", n(Became.UNREAD))),
    ]


def texts_of(document: Document) -> dict[Spot, str]:
    found: dict[Spot, str] = {}
    for at, block in enumerate(document.blocks):
        if isinstance(block, Table):
            found |= {Spot(at, row.number): " | ".join(row.text.split("\n")) for row in block.rows}
        else:
            found[Spot(at, block.number)] = block.text
    return found


def in_quotes(text: str) -> str:
    return f"«{text}»" if get_language() == "km" else f"“{text}”"


def short(text: str) -> str:
    return text if len(text) <= MOST_LETTERS else f"{text[: MOST_LETTERS - 1].rstrip()}…"


def _notices(reasons: Mapping[Spot, list[str]], document: Document, texts: Mapping[Spot, str]) -> Iterator[Notice]:
    """Rows with the same reason stand together. `texts` are quoted, because they stand nowhere else."""
    alike: dict[tuple[str, str], list[Spot]] = defaultdict(list)
    for spot in sorted(reasons):
        for reason in reasons[spot]:
            alike[part_of(document, spot), reason].append(spot)
    for (part, reason), spots in alike.items():
        quoted = [texts[spot] for spot in spots[:MOST_QUOTED] if spot in texts and short(texts[spot]) not in reason]
        words = comma().join(in_quotes(short(text)) for text in quoted)
        if quoted and len(spots) > MOST_QUOTED:
            words += " …"
        where = where_of(part, [spot.row for spot in spots])
        yield Notice(where, " – ".join(filter(None, [words, reason])), spots[0])


def part_of(document: Document, spot: Spot) -> str:
    return document.part_of(spot) if spot.block < len(document.blocks) else ""


def where_of(part: str, rows: list[int]) -> str:
    if rows == [0]:
        return part or _("The file")  # the whole of it
    numbers = ", ".join(_runs(rows))  # in Khmer too: between two numbers a space alone says nothing
    said = ngettext("row %(numbers)s", "rows %(numbers)s", len(rows)) % {"numbers": numbers}
    return f"{part}{comma()}{said}" if part else said[:1].upper() + said[1:]


def _runs(rows: list[int]) -> list[str]:
    """3, 4, 5, 9 as "3–5", "9": in the digits that Excel has, too."""
    runs: list[list[int]] = []
    for row in sorted(set(rows)):
        if runs and runs[-1][-1] == row - 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    return [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]
