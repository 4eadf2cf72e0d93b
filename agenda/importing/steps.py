"""What an import would do, step by step: each can be ticked or left. Pure."""

import datetime
import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from agenda.choices import AppearanceState, Interpretation, SessionState, SpokenLanguage
from agenda.importing.existing import ExistingPerson, ExistingSession
from agenda.importing.items import Item, items
from agenda.importing.match import match
from agenda.importing.other_language import (
    doubts,
    is_silent_in_its_language,
    lacks,
    of_name,
    people_in_other_language,
    speaks,
)
from agenda.importing.reading.document import Spot
from agenda.importing.recognising import kinds
from agenda.importing.recognising.people import loose
from agenda.importing.recognising.proposal import Change, Person, Proposal, Proposed
from conference import words
from conference.language.translated import Text

DAY, CREATE, CHANGE, SAME, REMOVE, REMOVE_PERSON = "day", "create", "change", "same", "remove", "remove_person"
# As in the edition that the site begins with: an import into an empty edition makes the same columns.
TRACK_NAMES = {
    kinds.PLENARY: ("Plenary", "វគ្គពេញអង្គ"),
    kinds.BREAKOUT: ("Breakout rooms", "បន្ទប់ពិភាក្សាក្រុម"),
    kinds.HACKATHON: ("Hackathon", "ហេកកាថុន"),
}
TEXTS = ("label", "title", "description")
MOST_LETTERS = {"room": 100, "track": 100, "person": 300}
_SIGNS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " ", "\u200b": ""})


@dataclass(frozen=True)
class Step:
    what: str
    title: Text
    row: int | None = None
    date: datetime.date | None = None
    times: str = ""
    place: int | None = None  # of the item among the proposed
    pk: int | None = None  # of the session, or of the appearance that goes
    changes: tuple[Change, ...] = ()
    block: int = 0  # of the document: with `row` the spot where it begins
    doubt: str = ""  # why it is not ticked before staff look at it
    nth: int = 0  # of several that say the same

    @property
    def key(self) -> str:
        """Names the step in the form; a step that has become another one in the meantime has another key. What it does
        counts, not where it stands: a row more above it leaves it as it is.
        """
        said = repr((*self.says, self.nth))
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    @property
    def says(self) -> tuple[object, ...]:
        return self.what, self.title, self.date, self.times, self.pk, self.changes

    @property
    def spot(self) -> Spot | None:
        return None if self.row is None else Spot(self.block, self.row)

    @property
    def is_removal(self) -> bool:
        return self.what in (REMOVE, REMOVE_PERSON)


@dataclass(frozen=True)
class Plan:
    steps: tuple[Step, ...]
    items: tuple[Item, ...]
    matched: dict[int, ExistingSession]

    def of(self, *kinds: str) -> list[Step]:
        return [step for step in self.steps if step.what in kinds]


def plan(proposal: Proposal, there: list[ExistingSession], intros: dict[datetime.date, Text]) -> Plan:
    flat = items(proposal.sessions)
    matched = match(flat, there)
    unsure = doubts(flat, matched, there)
    steps = []
    for day in proposal.days:
        changes = tuple(_changed_text("intro", _("introduction"), day.intro, intros.get(day.date, Text())))
        if changes or day.date not in intros:
            steps.append(Step(DAY, Text(), day.row, day.date, changes=changes, block=day.block))
    for at, item in enumerate(flat):
        new = item.proposed
        if at in matched:
            old = matched[at]
            changes = tuple(_changes(item, old, matched)) if new.edits is None else new.edits
            doubt = _doubt(new, unsure.get(at, ""), _who_is_open(new, old))
            steps.append(_step(CHANGE if changes else SAME, new, place=at, pk=old.pk, changes=changes, doubt=doubt))
            says_of_them = _tells_people(new) and not is_silent_in_its_language(new, old.people)
            for gone in paired_people(new, old)[1] if says_of_them else []:
                if gone.state != AppearanceState.DECLINED:
                    change = Change("people", _("who appears"), str(gone.name), "")
                    steps.append(_step(REMOVE_PERSON, new, pk=gone.pk, changes=(change,)))
        elif item.above is None or new.starts_at or item.above in matched:
            doubt = _doubt(new, unsure.get(at, ""))
            steps.append(_step(CREATE, new, place=at, changes=tuple(_new(new)), doubt=doubt))
    kept = {one.pk for one in matched.values()}
    # A file for programs has no rows without times: they stay with the session that they stand in.
    whole = {matched[at].pk for at, item in enumerate(flat) if at in matched and item.proposed.stands}
    kept |= {one.pk for one in there if _stands_in(one, whole, there)}
    if flat:
        could_have = proposal.could_have
        gone_ones = [one for one in there if one.pk not in kept and (could_have is None or one.uuid in could_have)]
        steps += [_step(REMOVE, one, pk=one.pk) for one in gone_ones]
    return Plan(tuple(_numbered(steps)), tuple(flat), matched)


def _numbered(steps: list[Step]) -> Iterator[Step]:
    seen: Counter[tuple[object, ...]] = Counter()
    for step in steps:
        yield replace(step, nth=seen[step.says]) if seen[step.says] else step
        seen[step.says] += 1


def _who_is_open(new: Proposed, old: ExistingSession) -> str:
    """Names in the other language, more or fewer than those who are there: nothing says who is who."""
    if not _tells_people(new) or len(paired_people(new, old)[0]) == len(new.people):
        return ""
    named = "; ".join(person.name for person in new.people)
    said = _("Who appears is not taken, because here are more or fewer names than in the other language: %(names)s")
    return said % {"names": named}


def _doubt(new: Proposed, *unsure: str) -> str:
    """All reasons for which staff look at it first: its own, those of what it is made with, what would be cut."""
    parts = [new, *(one for child in new.children if not child.starts_at for one in child.walk())]
    reasons = [*unsure, *(one.doubt for one in parts)]
    for one in parts:
        names = [("room", one.room), ("track", one.track), *(("person", person.name) for person in one.people)]
        long = [name for what, name in names if len(name) > MOST_LETTERS[what]]
        reasons += [_("Too long, it would be cut: “%(text)s”") % {"text": f"{name[:60]}…"} for name in long]
    return " ".join(dict.fromkeys(filter(None, reasons)))


def _tells_people(new: Proposed) -> bool:
    if new.edits is None:
        return "people" not in new.stands
    return any(change.field == "people" for change in new.edits)


def clock(one: Proposed | ExistingSession) -> str:
    return f"{words.clock(one.starts_at)} – {words.clock(one.ends_at)}" if one.starts_at and one.ends_at else ""


def _step(
    what: str,
    one: Proposed | ExistingSession,
    *,
    place: int | None = None,
    pk: int | None = None,
    changes: tuple[Change, ...] = (),
    doubt: str = "",
) -> Step:
    row, block = (one.row, one.block) if isinstance(one, Proposed) else (None, 0)
    return Step(what, one.title or one.label, row, one.date, clock(one), place, pk, changes, block, doubt)


def _changed_text(field: str, name: str, new: Text, old: Text) -> Iterator[Change]:
    """A language that the table does not have says nothing about the text that is there."""
    for language in ("en", "km"):
        text, was = getattr(new, language), getattr(old, language)
        if text and not same_text(text, was):
            yield Change(f"{field}_{language}", name, was, text)


def same_text(one: str, other: str) -> bool:
    """Quotes, dashes and spaces that Word puts in for others are no difference, nor are breaks between Khmer words."""
    plain = [re.sub(r"\s+", " ", text.translate(_SIGNS)).strip() for text in (one, other)]
    return plain[0] == plain[1]


def _new(proposed: Proposed) -> Iterator[Change]:
    """What a new session says beside its title and time."""
    if proposed.label:
        yield Change("label", _("label"), "", str(proposed.label))
    if proposed.description:
        yield Change("description", _("description"), "", str(proposed.description))
    if proposed.is_to_be_confirmed or proposed.is_cancelled:
        yield Change("state", _("state"), "", str(proposed.state.label))
    if proposed.room:
        yield Change("room", _("room"), "", proposed.room)
    yield from _more(proposed, Text(), (), (), ())
    if proposed.people:
        yield Change("people", _("who appears"), "", "; ".join(map(said, proposed.people)))
    texts = []
    for child in proposed.children:
        if not child.starts_at:
            topics = f" ({len(child.children)})" if child.children else ""
            texts.append(f"{child.title or child.label}{topics}")
    if texts:
        yield Change("inside", _("inside it"), "", "; ".join(texts))


def _more(
    new: Proposed, track: Text, languages: tuple[str, ...], interpretation: tuple[str, ...], links: tuple[str, ...]
) -> Iterator[Change]:
    """Track, languages and links, where the source names them: beside what is there already."""
    if new.track and new.track not in TRACK_NAMES:
        yield from _place("track", _("track"), new, new.track, track)
    if new.languages and set(new.languages) != set(languages):
        yield Change("spoken_languages", _("spoken languages"), spoken(languages), spoken(new.languages))
    if new.interpretation and set(new.interpretation) != set(interpretation):
        was, offered = interpreted(interpretation), interpreted(new.interpretation)
        yield Change("interpretation", _("interpretation offered"), was, offered)
    for title, url in new.links:
        if url not in links:
            yield Change("links", _("slides and other materials"), "", f"{title} {url}".strip())


def _place(field: str, name: str, new: Proposed, wanted: str, there: Text) -> Iterator[Change]:
    """Another room or track; or the name of this one in the other language, if the table is in that language."""
    if wanted and loose(wanted) not in (loose(there.en), loose(there.km)):
        language = of_name(wanted)
        if language == speaks(new.title) and lacks(there, language):
            in_language = _("name of “%(name)s” in Khmer") if language == "km" else _("name of “%(name)s” in English")
            yield Change(f"{field}_name", in_language % {"name": str(there)}, "", wanted)
        else:
            yield Change(field, name, str(there), wanted)


def spoken(codes: Iterable[str]) -> str:
    return words.comma().join(str(SpokenLanguage(code).label) for code in codes)


def interpreted(codes: Iterable[str]) -> str:
    return words.comma().join(str(Interpretation(code).label) for code in codes)


def said(person: Person) -> str:
    return f"{person.name} ({person.state.label})" if person.is_to_be_confirmed else person.name


def _changes(item: Item, old: ExistingSession, matched: dict[int, ExistingSession]) -> Iterator[Change]:
    new = item.proposed
    names = {"label": _("label"), "title": _("title"), "description": _("description")}
    for field in TEXTS:
        if field not in new.stands:
            yield from _changed_text(field, names[field], getattr(new, field), getattr(old, field))
    if new.starts_at and clock(new) != clock(old):
        yield Change("times", _("time"), clock(old), clock(new))
    if new.date != old.date:
        yield Change("day", _("day"), words.date_only(old.date), words.date_only(new.date))
    above = None if item.above is None else matched.get(item.above)
    if "parent" not in new.stands and item.above is not None and (above is None or above.pk != old.parent_pk):
        yield Change("parent", _("stands under"), "", str(above.title) if above else "")
    is_put_in_doubt = old.state == SessionState.CONFIRMED and new.state == SessionState.TO_BE_CONFIRMED
    if is_put_in_doubt and "state" not in new.stands:  # a table never confirms: staff do
        yield Change("state", _("state"), str(SessionState(old.state).label), str(new.state.label))
    if new.open_call and not old.open_call:
        yield Change("open_call", _("speakers are still sought"), "", "✓")
    yield from _place("room", _("room"), new, new.room, old.room)
    yield from _more(new, old.track, old.languages, old.interpretation, old.links)
    for person, seen in [] if "people" in new.stands else paired_people(new, old)[0]:
        if seen is None:
            yield Change("people", _("who appears"), "", said(person))
        elif puts_in_doubt(person, seen):
            yield Change("people", str(seen.name), str(AppearanceState(seen.state).label), str(person.state.label))
        elif names_in_other_language(person, seen):
            yield Change("people", _("who appears"), str(seen.name), person.name)


def names_in_other_language(person: Person, seen: ExistingPerson) -> bool:
    """Only what is printed for this session: the names of speakers and organisations stand on other pages."""
    return lacks(seen.label, of_name(person.name)) and loose(person.name) not in map(loose, seen.names)


def puts_in_doubt(person: Person, seen: ExistingPerson) -> bool:
    """A table can say that a confirmed person is to be confirmed. That a person has confirmed, only staff say."""
    return seen.state == AppearanceState.CONFIRMED and person.is_to_be_confirmed


def _stands_in(one: ExistingSession, whole: set[int], there: list[ExistingSession]) -> bool:
    """A session without times of its own, at any depth of one of these."""
    parents = {other.pk: other for other in there}
    while one.starts_at is None and one.parent_pk in parents:
        if one.parent_pk in whole:
            return True
        one = parents[one.parent_pk]
    return False


def paired_people(
    new: Proposed, old: ExistingSession
) -> tuple[list[tuple[Person, ExistingPerson | None]], list[ExistingPerson]]:
    """[(proposed person, who is there or None)], and those there whom the table does not name."""
    left = list(old.people)
    pairs: dict[int, ExistingPerson] = {}
    # First by name; who is then left over, by organisation.
    for at, person in enumerate(new.people):
        by_name = (one for one in left if loose(person.name) in map(loose, one.names))
        if seen := next(by_name, None):
            pairs[at] = seen
            left.remove(seen)
    for at, person in enumerate(new.people):
        if at in pairs or not person.organisation:
            continue
        if seen := next((one for one in left if one.organisation == person.organisation), None):
            pairs[at] = seen
            left.remove(seen)
    unpaired = [at for at in range(len(new.people)) if at not in pairs]
    if people_in_other_language([new.people[at] for at in unpaired], left):
        if len(unpaired) != len(left):  # who is who stays open: see doubts
            return [(new.people[at], seen) for at, seen in sorted(pairs.items())], []
        pairs |= dict(zip(unpaired, left, strict=True))
        left = []
    return [(person, pairs.get(at)) for at, person in enumerate(new.people)], left
