"""Organisations in a line of text, in the forms in which people write them. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from agenda.importing.recognising.likely_names import is_nobody
from agenda.importing.recognising.names import is_person, people_in, take_to_be_confirmed, title_and_people
from agenda.importing.recognising.proposal import Person
from conference.language.khmer import KHMER_LETTER
from conference.language.translated import Text

_SMALL = {"of", "the", "and", "for", "in", "on"}
_BETWEEN = r"(?:[\s,&/-]+(?:of|the|and|for|in|on)\b)*[\s,&/-]+"
_STANDING_FOR = re.compile(r"(?:representatives?\s+of\s+(?:the\s+)?|តំណាង)", re.IGNORECASE)
_NEXT = re.compile(r"\s*(?:&|,|/|;|\band\b|និង)\s*", re.IGNORECASE)
_UNDER = re.compile(r",\s+under\b.*", re.IGNORECASE)
# After these words no presenter is named: "translated by ODC" belongs to a sentence.
_LEADS_ON = re.compile(r"(?:^|\s)(?:by|with|of|the|in|and|from|to|for|at|on|a|&|[-–—])$", re.IGNORECASE)
# "North Carolina State University": a capital before a name that is not known belongs to it; so does a list.
_NAME_GOES_ON = re.compile(r"(?:,|(?:^|[\s(])[A-Z][\w’'-]*)$")
_GROUP = (
    r"(?:The\s+)?[A-Z][\w’'-]*(?:\s+(?:of|for|the|and|on|in|&|[A-Z][\w’'()-]*))*?\s+"
    r"(?:Members|Committee|Organi[sz]ation|Foundation|Embassy|Ministry|Agency|Team|University|Institute|Association)"
    r"(?:\s*\([A-Z]+\))?"
)
_GROUP_AT_END = re.compile(rf"(?<=[a-z.!?)])\s+(?P<who>{_GROUP})\.?\s*$")
_GROUP_ALONE = re.compile(rf"{_GROUP}\.?\s*$")


@dataclass(frozen=True)
class KnownOrganisation:
    slug: str
    name: Text
    short_name: Text

    def printed(self) -> list[str]:
        """As a page prints it, in either language."""
        pairs = [
            (self.name.en, self.short_name.en or self.short_name.km),
            (self.name.km, self.short_name.km or self.short_name.en),
        ]
        return [f"{name} ({brief})" if brief else name for name, brief in pairs if name]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Finds the name with or without its abbreviation, and the abbreviation alone.

        What stands in brackets in the name may be missing, so may what stands before its colon, and small words.
        """
        names = []
        bare = re.sub(r"\s*\([^)]*\)", "", self.name.en)
        for part in {bare, bare.partition(": ")[2]}:
            words = [word for word in re.findall(r"[\w’'-]+", part) if word.lower() not in _SMALL]
            if len(words) > 1:
                last = r"(?:\s+organi[sz]ation)?" if words[-1].lower() in ("organization", "organisation") else ""
                names.append(_BETWEEN.join(map(re.escape, words[:-1] if last else words)) + last + r"(?!\w)")
        if self.name.km:
            names.append(re.escape(self.name.km))
        short = "|".join(f"(?-i:{re.escape(one)})" for one in (self.short_name.en, self.short_name.km) if one)
        behind = rf"(?:\s*\((?:{short})\))?" if short else ""
        forms = [rf"(?:the\s+)?{name}{behind}" for name in sorted(names, key=len, reverse=True)]
        if short:
            forms.append(rf"(?<!\w)(?:{short})(?!\w)(?:\s+team\b)?")
        return re.compile("|".join(forms), re.IGNORECASE)


def loose(text: str) -> str:
    """One key for the ways in which one name is written: without small words, case and signs."""
    if KHMER_LETTER.search(text):
        return re.sub(r"[\s\u200b]", "", text)
    words = re.findall(r"\w+", text.casefold().replace("organisation", "organization"))
    return " ".join(word for word in words if word not in _SMALL)


class Known:
    """All organisations that the site knows."""

    def __init__(self, organisations: Iterable[KnownOrganisation] = ()) -> None:
        self.organisations = tuple(organisations)
        self._any = re.compile("|".join(one.pattern.pattern for one in self.organisations), re.IGNORECASE)

    def person(self, text: str, role: str = "") -> Person:
        """The person or group that a line names and nothing else; with the organisation, where it is a known one."""
        name, waiting = take_to_be_confirmed(text)
        found = [one.slug for one in self.organisations if one.pattern.search(name)]
        return Person(name.rstrip(" ;,"), found[0] if len(found) == 1 else "", role, waiting)

    def people(self, text: str, role: str = "") -> list[Person]:
        """All who are named in a cell of people. "TBC" alone is a person without a name, who is to be confirmed."""
        found = []
        for one in people_in(text):
            if is_nobody(one.name):
                continue
            several = self.run(one.name) or [self.person(one.name)]
            found += [
                replace(
                    who, role=one.role or role, is_to_be_confirmed=who.is_to_be_confirmed or one.is_to_be_confirmed
                )
                for who in several
            ]
        return found

    def run(self, text: str) -> list[Person] | None:
        """The organisations of a text that is nothing else than a list of them; None otherwise."""
        text, waiting = take_to_be_confirmed(text)
        text, at, people = text.rstrip(" .;,"), 0, []
        while self.organisations:
            slug, end = self._one(text, at)
            if not slug:
                break
            people.append(Person(text[at:end].strip(), slug, "", waiting))
            if end == len(text):
                return people
            following = _NEXT.match(text, end)
            if not following:
                break
            at = following.end()
        return None

    def _one(self, text: str, at: int) -> tuple[str, int]:
        """(slug, end) of the organisation that stands there: "Representative of the MPTC", "NIA, under the ..."."""
        leading = _STANDING_FOR.match(text, at)
        slug, end = self._longest(text, leading.end() if leading else at)
        if slug and text[end : end + 2] == ": ":
            part, part_end = self._longest(text, end + 2)
            return part or slug, part_end if part else len(text)
        under = _UNDER.match(text, end) if slug else None
        return slug, under.end() if under else end

    def _longest(self, text: str, at: int) -> tuple[str, int]:
        found = [(match.end(), one.slug) for one in self.organisations if (match := one.pattern.match(text, at))]
        end, slug = max(found, default=(at, ""))
        return slug, end

    def take_from_end(self, text: str) -> tuple[str, list[Person]]:
        """(the text before, the people at its end): "Data-driven Storytelling The Asia Foundation [TBC]"."""
        before, named = title_and_people(text)
        if named:
            return before, self.people(named)
        for match in self._any.finditer(text) if self.organisations else ():
            standing_for = re.search(_STANDING_FOR.pattern + "$", text[: match.start()], re.IGNORECASE)
            start = standing_for.start() if standing_for else match.start()
            before = text[:start].rstrip()
            if start and (not text[start - 1].isspace() or _LEADS_ON.search(before)):
                continue
            people = self.run(text[start:])
            if people:
                return before, people
        # One that the site does not know, if it calls itself a committee, a ministry or the like.
        bare, waiting = take_to_be_confirmed(text)
        group = _GROUP_AT_END.search(bare)
        if not group or _LEADS_ON.search(bare[: group.start()]) or _NAME_GOES_ON.search(bare[: group.start()]):
            return text, []
        return bare[: group.start()].rstrip(), [Person(group["who"], "", "", waiting)]

    def alone(self, text: str) -> list[Person] | None:
        """The people of a line that names only people, or None."""
        if is_person(text):
            return self.people(text)
        bare, waiting = take_to_be_confirmed(text)
        people = self.run(text)
        if not people and _GROUP_ALONE.match(bare):
            people = [Person(bare.rstrip(" ."), "", "", waiting)]
        return people
