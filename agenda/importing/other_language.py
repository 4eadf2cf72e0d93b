"""The agenda in the second language: which of its sessions is which of those that stand there in the first. Pure.

The two share no title. So a session is known by its day and its times, and among several at one time by the order in
which they stand. Where that is not sure, the step says why and is not ticked.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from difflib import SequenceMatcher

from django.utils.translation import gettext as _

from agenda import hours
from agenda.choices import PLAIN_KINDS
from agenda.importing.existing import ExistingPerson, ExistingSession
from agenda.importing.items import Item
from agenda.importing.recognising.proposal import Person, Proposed
from conference import words
from conference.language.khmer import KHMER_LETTER, LATIN_LETTER, match_key
from conference.language.translated import Text

ALIKE = 0.5
_LETTERS = {"en": LATIN_LETTER, "km": KHMER_LETTER}


def speaks(text: Text) -> str:
    """The language of a text that is in one language only, or ""."""
    return "" if bool(text.en) == bool(text.km) else "en" if text.en else "km"


def fills(new: Proposed, old: ExistingSession) -> bool:
    """Whether it says in its language what stands there in the other one only."""
    language = speaks(new.title)
    return bool(language and old.title and not getattr(old.title, language))


def lacks(name: Text, language: str) -> bool:
    return bool(language and name and not getattr(name, language))


def of_name(name: str) -> str:
    return "km" if KHMER_LETTER.search(name) else "en"


def people_in_other_language(people: Iterable[Person], there: Iterable[ExistingPerson]) -> bool:
    """Whether these are named in one language, and those who are there in the other one only."""
    people, there = list(people), list(there)
    languages = {of_name(person.name) for person in people}
    if not people or not there or len(languages) != 1:
        return False
    letters = _LETTERS[languages.pop()]
    return not any(letters.search(name) for one in there for name in one.names)


def is_silent_in_its_language(new: Proposed, there: Iterable[ExistingPerson]) -> bool:
    """A row without names, and those who are there are named in the other language only: it says nothing of them."""
    letters = _LETTERS.get(speaks(new.title))
    if letters is None or new.people:
        return False
    return not any(letters.search(name) for one in there for name in one.names)


def left_over(
    items: list[Item], found: dict[int, ExistingSession], there: list[ExistingSession]
) -> dict[int, ExistingSession]:
    """Sessions of a day whose times differ, paired in their order where there are as many on both sides."""
    taken = {one.pk for one in found.values()}
    waiting, free = defaultdict(list), defaultdict(list)
    for one in there:
        language = speaks(one.title)
        if one.starts_at and one.pk not in taken and language:
            free[one.date, "km" if language == "en" else "en"].append(one)
    for at, item in enumerate(items):
        if item.proposed.starts_at and at not in found and speaks(item.proposed.title):
            waiting[item.proposed.date, speaks(item.proposed.title)].append(at)
    pairs: dict[int, ExistingSession] = {}
    for day, places in waiting.items():
        if len(places) == len(free[day]):
            pairs |= dict(zip(places, free[day], strict=True))
    return pairs


def doubts(items: list[Item], found: dict[int, ExistingSession], there: list[ExistingSession]) -> dict[int, str]:
    """Why a step is not ticked before staff look at it, by the place of its item."""
    slots = Counter(_slot(item.proposed) for item in items)
    standing = Counter(_slot(one) for one in there)
    said: dict[int, str] = {}
    for at, item in enumerate(items):
        new = item.proposed
        if not new.starts_at:
            continue
        if at in found:
            reason = _unsure(new, found[at], one_each=slots[_slot(new)] == standing[_slot(new)])
        else:
            reason = _stands_already(new, there)
        if reason:
            said[at] = reason
    return said


def _slot(one: Proposed | ExistingSession) -> tuple[object, ...]:
    return one.date, one.starts_at, one.ends_at


def _unsure(new: Proposed, old: ExistingSession, *, one_each: bool) -> str:
    title = str(old.title or old.label)
    if (new.uuid and new.uuid == old.uuid) or new.edits is not None:
        return ""
    if fills(new, old):
        if _slot(new) != _slot(old):
            return _("The times differ from those of “%(title)s”. Is it the same session?") % {"title": title}
        if not one_each:
            return _("Several sessions are at this time. Is it “%(title)s” in the other language?") % {"title": title}
        return ""
    if _keys(new.title) & _keys(old.title):
        if new.date != old.date:
            date = words.date_only(old.date)
            return _("It stands on %(date)s now. Has it moved to another day?") % {"date": date}
        return ""
    is_plain = new.kind == old.kind and new.kind in PLAIN_KINDS
    if is_plain or _alike(new.title, old.title):
        return ""
    return _("“%(title)s” stands at this time. Is this the same session under a new title?") % {"title": title}


def _stands_already(new: Proposed, there: Collection[ExistingSession]) -> str:
    """A new session in one language, at the time of one that stands there in the other language only."""
    language = speaks(new.title)
    if not language or not new.starts_at or not new.ends_at:
        return ""
    begins, ends = hours.span(new.starts_at, new.ends_at)
    for old in there:
        if old.date == new.date and old.starts_at and old.ends_at and lacks(old.title, language):
            since, until = hours.span(old.starts_at, old.ends_at)
            if begins < until and since < ends:
                said = _("“%(title)s” stands at this time, in the other language only. Is it the same session?")
                return said % {"title": str(old.title)}
    return ""


def _keys(text: Text) -> set[str]:
    return {match_key(one) for one in (text.en, text.km) if match_key(one)}


def _alike(new: Text, old: Text) -> bool:
    pairs = [(match_key(new.en), match_key(old.en)), (match_key(new.km), match_key(old.km))]
    return any(
        one and other and (one in other or other in one or SequenceMatcher(None, one, other).ratio() >= ALIKE)
        for one, other in pairs
    )
