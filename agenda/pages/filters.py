"""What a reader wants to see of the agenda, from the address of the page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from agenda.programme.narrowing import is_interpreted
from agenda.programme.value import Session
from conference.language.translated import NO_TEXT, Text


@dataclass(frozen=True)
class Filters:
    tracks: tuple[Text, ...] = ()  # from which to choose
    track: Text = NO_TEXT
    interpretation: bool = False
    open: bool = False  # the template knows for which sessions there are places

    @classmethod
    def of(cls, query: Mapping[str, str], tracks: Sequence[Text]) -> "Filters":
        """A track is called by its number in the programme. One that there is not narrows nothing."""
        number = int(query.get("track", 0))
        return cls(
            tuple(tracks),
            track=tracks[number - 1] if 0 < number <= len(tracks) else NO_TEXT,
            interpretation="interpretation" in query,
            open="open" in query,
        )

    @property
    def are_set(self) -> bool:
        return bool(self.track or self.interpretation or self.open)

    def keep(self, session: Session) -> bool:
        return (not self.track or session.track == self.track) and (not self.interpretation or is_interpreted(session))
