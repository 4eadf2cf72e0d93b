"""Our own agenda.csv and agenda.xlsx, as they come back from a spreadsheet: what was edited, row by row, by the id."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from agenda.choices import Kind, SessionState
from agenda.feeds.columns import COLUMNS, rows, written
from agenda.hours import is_possible
from agenda.importing.exchange import texts
from agenda.importing.exchange.edited import KINDS, LANGUAGES, MOST, OFFERED, STATES, Edited
from agenda.importing.exchange.event import left_in_words
from agenda.importing.exchange.moments import clock_of, date_of, dates_in, order_of
from agenda.importing.exchange.standing import Standing
from agenda.importing.exchange.who import people_in
from agenda.importing.existing import ExistingSession
from agenda.importing.reading.document import Spot
from agenda.importing.recognising.account import Became, Fate
from agenda.importing.recognising.proposal import Problem, Proposal, Proposed
from conference import words
from conference.language.translated import Text

Cells = dict[str, str]  # by the key of the column
_NEEDED = 6  # headings of ours that make a table ours: fewer may stand in any table
_TEXTS = ("label", "title", "description")
_HEADER_WITHIN = 5  # rows
LONGEST_CELL = 32_767  # letters, as in Excel


@dataclass(frozen=True)
class Header:
    number: int  # of its row, from 1
    language: str
    keys: tuple[str, ...]  # by column; "" for a column that is none of ours
    headings: tuple[str, ...]


@dataclass
class Line:
    """A row of the file."""

    number: int
    cells: Cells
    more: list[str]  # what stands in columns that are none of ours


def header_of(table: Sequence[Sequence[str]]) -> Header | None:
    for number, row in enumerate(table[:_HEADER_WITHIN], start=1):
        for language, _name in settings.LANGUAGES:
            with override(language):
                ours = {texts.line(column.heading).casefold(): column.key for column in COLUMNS}
            headings = tuple(texts.line(cell) for cell in row)
            keys = [ours.get(heading.casefold(), "") for heading in headings]
            keys = ["" if key in keys[:at] else key for at, key in enumerate(keys)]
            if len(set(keys) - {""}) >= _NEEDED and {"title_en", "title_km"} & set(keys):
                return Header(number, language, tuple(keys), headings)
    return None


def read_own_table(table: Sequence[Sequence[str]], header: Header, standing: Standing) -> Proposal:
    return _Reading(table, header, standing).proposal()


class _Reading:
    def __init__(self, table: Sequence[Sequence[str]], header: Header, standing: Standing) -> None:
        self.header, self.standing = header, standing
        self.lines = list(self._lines(table))
        self.exported = [self._exported(at) for at in range(len(standing.programmes))]
        self.problems: list[Problem] = []
        self.fates: list[Fate] = [Fate(Spot(0, header.number), Became.HEADING, _("The headings of the columns."))]
        known = ((line.cells["date"], self._there(line)) for line in self.lines if line.cells.get("date"))
        self.order = order_of((text, there.date) for text, there in known if there)
        self.days = [day.date for day in standing.programmes[0].days]
        self.by_code = {line.cells["code"]: line for line in self.lines if line.cells.get("code")}
        self.roles = {"kind": texts.in_each_language(KINDS), "state": texts.in_each_language(STATES)}
        self.spoken, self.offered = texts.in_each_language(LANGUAGES), texts.in_each_language(OFFERED)

    def _lines(self, table: Sequence[Sequence[str]]) -> Iterator[Line]:
        for number, row in enumerate(table[self.header.number :], start=self.header.number + 1):
            if any(cell.strip() for cell in row):
                keys, headings = self.header.keys, self.header.headings
                cells = {key: row[at] if at < len(row) else "" for at, key in enumerate(keys) if key}
                if "code" in cells:
                    cells["code"] = cells["code"].strip()
                more = [
                    words.labelled(headings[at], texts.line(cell)) if at < len(headings) and headings[at] else cell
                    for at, cell in enumerate(row)
                    if texts.line(cell) and not (at < len(keys) and keys[at])
                ]
                yield Line(number, cells, more)

    def _exported(self, at: int) -> dict[str, Cells]:
        with override(self.header.language):
            told = [
                [written(value) for value in row] for row in rows(self.standing.programmes[at], self.standing.stamp)
            ]
        keys = [column.key for column in COLUMNS]
        by_key = [dict(zip(keys, row, strict=True)) for row in told]
        return {row["code"]: row for row in by_key}

    def _there(self, line: Line) -> ExistingSession | None:
        uuid = self.standing.codes.get(line.cells.get("code", ""), "")
        return self.standing.sessions.get(uuid)

    def proposal(self) -> Proposal:
        found: list[Proposed] = []
        new: list[tuple[str, Proposed]] = []  # with the id of what each stands under
        seen: set[str] = set()
        for line in self.lines:
            code = line.cells.get("code", "")
            there = self._there(line)
            if code and code in seen:
                reason = _("The ID %(id)s stands in more than one row: only the first counts.") % {"id": code}
                self._unread(line, reason)
                continue
            seen.add(code)
            if there:
                edited = self._edited(line, Edited(there, line.number))
                found.append(edited.proposed())
                self.problems += edited.problems()
            elif one := self._new(line, doubt=self._unknown(code)):
                new.append((line.cells.get("parent", "").strip(), one))
            else:
                continue
            self.fates.append(Fate(Spot(0, line.number), Became.SESSION))
            if words_left := left_in_words(line.more):
                self.problems.append(Problem(line.number, words_left, stops=False))
        return Proposal(
            (),
            tuple(self._under(found, new)),
            tuple(sorted(self.problems, key=lambda problem: problem.row)),
            (),
            fates=tuple(self.fates),
            could_have=self.standing.could_have,
        )

    def _unknown(self, code: str) -> str:
        return _("No session of this edition has the ID %(id)s.") % {"id": code} if code else ""

    def _unread(self, line: Line, reason: str) -> None:
        self.problems.append(Problem(line.number, reason))
        self.fates.append(Fate(Spot(0, line.number), Became.UNREAD, reason))

    def _under(self, found: list[Proposed], new: list[tuple[str, Proposed]]) -> Iterator[Proposed]:
        """A new row stands under a session of the file, or under none."""
        children: dict[str, list[Proposed]] = {}
        tops: list[Proposed] = []
        uuids = {one.uuid: one for one in found}
        for parent, one in new:
            uuid = self.standing.codes.get(parent, "")
            if parent and uuid not in uuids:
                reason = _("It stands under %(id)s, and no row of this file has this ID.") % {"id": parent}
                one = replace(one, doubt=one.doubt or reason)
            if uuid in uuids:
                above = uuids[uuid]
                if (one.starts_at, one.ends_at) == (above.starts_at, above.ends_at):
                    one = replace(one, starts_at=None, ends_at=None)
                children.setdefault(uuid, []).append(one)
            else:
                tops.append(one)
        return chain((replace(one, children=tuple(children.get(one.uuid, ()))) for one in found), tops)

    def _edited(self, line: Line, edited: Edited) -> Edited:
        code = line.cells["code"]
        told = [cells[code] for cells in self.exported if code in cells]
        if not told:
            edited.told.append(_("This session is a draft: no file tells of it. Change it on its own page."))
            return edited
        now = told[0]
        sent = {key: cell for key, cell in line.cells.items() if not self._same(key, cell, now[key])}
        published = {key for key in sent if len(told) > 1 and self._same(key, sent[key], told[1][key])}
        if published:
            self._published(edited, published)
        sent = {key: cell for key, cell in sent.items() if key not in published}
        self._inherited(edited, line, sent, now)
        for field in _TEXTS:
            for language in ("en", "km"):
                if f"{field}_{language}" in sent:
                    edited.text(field, language, sent[f"{field}_{language}"])
        self._moment(edited, sent, now)
        self._words(edited, sent)
        for field in ("room", "track"):
            if field in sent:
                edited.named(field, sent[field])
        if "who" in sent:
            there = edited.there
            people = people_in(sent["who"], there.people, self.standing.known, there.kind)
            edited.people(people, now["who"], texts.lines(sent["who"]))
        self._derived(edited, sent)
        return edited

    def _published(self, edited: Edited, keys: set[str]) -> None:
        names = [self._name(column.key) for column in COLUMNS if column.key in keys]
        said = _(
            "The file says what is published, and the draft has changed since. It stays as it is in: %(columns)s."
        )
        edited.told.append(said % {"columns": words.comma().join(names)})

    def _name(self, key: str) -> str:
        return next(str(column.heading) for column in COLUMNS if column.key == key)

    def _same(self, key: str, sent: str, told: str) -> bool:
        if key == "date":
            dates = dates_in(told)
            return bool(dates) and date_of(sent, self.order, dates.values()) == date_of(told, self.order, self.days)
        if key in ("starts_at", "ends_at"):
            return clock_of(sent) == clock_of(told)
        if key in ("materials", "address"):
            ends = texts.lines(told).split("\n")
            lines = texts.lines(sent).split("\n")
            return len(lines) == len(ends) and all(
                one == end or (end and one.endswith(end)) for one, end in zip(lines, ends, strict=True)
            )
        if key in ("kind", "state", "code"):
            return texts.line(sent).casefold() == texts.line(told).casefold()
        return texts.same(sent, told)

    def _inherited(self, edited: Edited, line: Line, sent: Cells, now: Cells) -> None:
        """What a session has from the one that it stands under changes with that one, and is no edit of its own."""
        above = self.by_code.get(now["parent"])
        if not above:
            return
        times = ("starts_at", "ends_at")
        as_above = {key for key in (*times, "date", "room", "state") if key in line.cells and key in above.cells}
        as_above = {key for key in as_above if self._same(key, line.cells[key], above.cells[key])}
        if edited.there.starts_at or not as_above.issuperset(times):
            as_above -= set(times)
        for key in as_above & set(sent):
            del sent[key]

    def _moment(self, edited: Edited, sent: Cells, now: Cells) -> None:
        if "date" in sent:
            date = date_of(sent["date"], self.order, self.days)
            if date is None:
                edited.not_taken(
                    self._name("date"), _("“%(text)s” is no date that can be read.") % {"text": sent["date"]}
                )
            elif now["parent"]:
                edited.not_taken(self._name("date"), _("it moves with the session that it stands under."))
            else:
                edited.date(date)
        if {"starts_at", "ends_at"} & set(sent):
            moments = {key: clock_of(sent.get(key, now[key])) for key in ("starts_at", "ends_at")}
            wrong = [sent.get(key, now[key]) for key, moment in moments.items() if moment is None]
            if wrong:
                edited.not_taken(_("time"), _("“%(text)s” is no time that can be read.") % {"text": wrong[0]})
            elif moments["starts_at"] and moments["ends_at"]:
                edited.times(moments["starts_at"], moments["ends_at"])

    def _words(self, edited: Edited, sent: Cells) -> None:
        """What is one of few words: another one is not taken."""
        for key, take in (("kind", edited.kind), ("state", edited.state)):
            if key in sent:
                if code := texts.one_of(sent[key], self.roles[key]):
                    take(code)
                else:
                    edited.not_taken(self._name(key), self._no_such(sent[key]))
        for key, take_all, known in (
            ("languages", edited.languages, self.spoken),
            ("interpretation", edited.interpretation, self.offered),
        ):
            if key in sent:
                codes, rest = texts.codes_in(sent[key], known)
                if rest:
                    edited.not_taken(self._name(key), self._no_such(rest))
                else:
                    take_all(codes)

    def _no_such(self, text: str) -> str:
        return _("the site does not know “%(text)s” there.") % {"text": texts.line(text)[:60]}

    def _derived(self, edited: Edited, sent: Cells) -> None:
        reasons = {
            "materials": _("slides and links are changed on the page of the session."),
            "parent": _("what a session stands under is changed on its page."),
            "address": _("the site makes it of the ID."),
        }
        for key, reason in reasons.items():
            if key in sent:
                edited.not_taken(self._name(key), reason)

    def _new(self, line: Line, doubt: str) -> Proposed | None:
        cells = {key: texts.without_guard(cell) for key, cell in line.cells.items()}
        date = date_of(cells.get("date", ""), self.order, self.days)
        begins, ends = clock_of(cells.get("starts_at", "")), clock_of(cells.get("ends_at", ""))
        title = Text(texts.line(cells.get("title_en", "")), texts.line(cells.get("title_km", "")))
        reason = ""
        if date is None:
            reason = _("“%(text)s” is no date that can be read.") % {"text": cells.get("date", "")}
        elif begins is None or ends is None:
            wrong = cells.get("starts_at" if begins is None else "ends_at", "")
            reason = _("“%(text)s” is no time that can be read.") % {"text": wrong}
        elif not is_possible(begins, ends):
            said = {"begins": words.clock(begins), "ends": words.clock(ends)}
            reason = _("the end is not after the beginning: %(begins)s – %(ends)s.") % said
        elif not title:
            reason = _("This row has a time and no title.")
        elif too_long := [text for key, text in cells.items() if len(texts.line(text)) > _most(key)]:
            reason = _("This is too long to be taken: “%(text)s”") % {"text": f"{texts.line(too_long[0])[:60]}…"}
        if reason or date is None:
            self._unread(line, reason)
            return None
        kind = Kind(texts.one_of(cells.get("kind", ""), self.roles["kind"]) or Kind.PRESENTATION)
        state = texts.one_of(cells.get("state", ""), self.roles["state"])
        spoken, no_language = texts.codes_in(cells.get("languages", ""), self.spoken)
        offered, no_offer = texts.codes_in(cells.get("interpretation", ""), self.offered)
        label = Text(texts.line(cells.get("label_en", "")), texts.line(cells.get("label_km", "")))
        self._say_left(line, cells, [no_language, no_offer])
        return Proposed(
            row=line.number,
            date=date,
            kind=kind,
            title=title,
            label=label,
            description=Text(
                texts.lines(cells.get("description_en", "")), texts.lines(cells.get("description_km", ""))
            ),
            starts_at=begins,
            ends_at=ends,
            is_to_be_confirmed=state == SessionState.TO_BE_CONFIRMED,
            is_cancelled=state == SessionState.CANCELLED,
            people=people_in(cells.get("who", ""), (), self.standing.known, kind),
            room=texts.line(cells.get("room", "")),
            track=texts.line(cells.get("track", "")),
            languages=tuple(spoken),
            interpretation=tuple(offered),
            links=tuple(
                ("", one) for one in cells.get("materials", "").split() if one.startswith(("http://", "https://"))
            ),
            doubt=doubt,
        )

    def _say_left(self, line: Line, cells: Cells, rest: list[str]) -> None:
        """Words of a new row that are not known where they stand."""
        for key in ("kind", "state"):
            code = texts.one_of(cells.get(key, ""), self.roles[key])
            if cells.get(key, "").strip() and code in ("", SessionState.DRAFT):
                rest.append(texts.line(cells[key]))
        line.more += filter(None, rest)


def _most(key: str) -> int:
    """Letters that a column may have."""
    return MOST.get(key.rpartition("_")[0] or key, LONGEST_CELL)
