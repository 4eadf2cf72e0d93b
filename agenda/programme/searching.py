"""Sessions and names that hold the words that a visitor looks for. Pure.

Words are compared as names are: Khmer that is typed differently and looks the same is the same.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from agenda.programme.value import Place, Programme
from conference.language.khmer import match_key
from conference.language.translated import Text

LONGEST = 100  # characters that are looked at
FEWEST = 2  # of a word: one letter stands everywhere


@dataclass(frozen=True)
class Words:
    """What a visitor looks for, as keys."""

    keys: tuple[str, ...] = ()

    @classmethod
    def of(cls, typed: str) -> "Words":
        keys = (match_key(part) for part in typed[:LONGEST].split())
        return cls(tuple(key for key in keys if len(key) >= FEWEST))

    def are_in(self, texts: Iterable[Text | str]) -> bool:
        """All of them, in either language and in any order."""
        if not self.keys:
            return False
        both = [(text,) if isinstance(text, str) else (text.en, text.km) for text in texts]
        where = " ".join(match_key(each) for languages in both for each in languages)
        return all(key in where for key in self.keys)


def sessions_with(programme: Programme, words: Words) -> list[Place]:
    """Those with the words in their title come first, then the others, each in the order of the programme."""
    found = [
        place
        for place in programme.places.values()
        if place.session.title and place.session.has_page and words.are_in(_texts(place))
    ]
    return sorted(found, key=lambda place: not words.are_in([place.session.label, place.session.title]))


def _texts(place: Place) -> Iterator[Text]:
    session = place.session
    yield from (session.label, session.title, session.description, session.track, session.room)
    yield from (one.name for one in session.appearances)
    yield from (one.title for one in session.materials)
