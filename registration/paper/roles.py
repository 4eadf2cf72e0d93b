"""What a person is at the conference: what the badge says, and in which sessions the programme names them.

Many people have the same name. So the programme is asked only about people who say that they speak, or of whom staff
have said so, and a name finds them only where no other person of the programme has it.
"""

from dataclasses import dataclass

from agenda.choices import Role
from agenda.programme.value import Programme, Session
from conference.language.khmer import keys_in_any_order
from conference.language.translated import Text
from registration.choices import BadgeRole, Part
from registration.models import Registration

_OF_PART: dict[str, BadgeRole] = {Part.MEDIA: BadgeRole.PRESS, Part.SPEAKER: BadgeRole.SPEAKER}
# Of several roles in the programme the first of these is on the badge.
_OF_PROGRAMME: dict[str, BadgeRole] = {
    Role.SPEAKER: BadgeRole.SPEAKER,
    Role.ORGANISER: BadgeRole.ORGANISER,
    Role.PANELIST: BadgeRole.PANELIST,
    Role.MODERATOR: BadgeRole.MODERATOR,
    Role.FACILITATOR: BadgeRole.MODERATOR,
    Role.JUDGE: BadgeRole.JUDGE,
    Role.MENTOR: BadgeRole.MENTOR,
    Role.INTERPRETER: BadgeRole.INTERPRETER,
}
_APPEARING = set(_OF_PROGRAMME.values())


@dataclass(frozen=True)
class Appearing:
    """The appearances of one person in the programme."""

    role: BadgeRole
    sessions: tuple[Session, ...]


class Roles:
    """Of one programme, read once for all badges."""

    def __init__(self, programme: Programme) -> None:
        held: dict[int, list[tuple[str, Session]]] = {}
        for place in programme.places.values():
            for one in place.session.appearances:
                if one.speaker is not None and not place.session.is_cancelled:
                    held.setdefault(one.speaker, []).append((one.role, place.session))
        people_of: dict[str, set[int]] = {}
        for person in programme.people:
            for key in _keys(person.name.km, person.name.en):
                people_of.setdefault(key, set()).add(person.key)
        self._appearing = {key: _appearing(found) for key, found in held.items()}
        self._people_of = people_of

    def appearing(self, registration: Registration) -> Appearing | None:
        """None for a person who does not say that they speak, and where the programme knows none of this name."""
        if registration.part != Part.SPEAKER and registration.badge_role not in _APPEARING:
            return None
        keys = _keys(registration.name_km, registration.name_latin)
        found = set().union(*(self._people_of.get(key, set()) for key in keys))
        return self._appearing.get(found.pop()) if len(found) == 1 else None

    def of_person(self, key: int) -> BadgeRole:
        """Of a person whom the programme names."""
        return self._appearing[key].role

    def badge_role(self, registration: Registration) -> BadgeRole:
        if registration.badge_role:
            return BadgeRole(registration.badge_role)
        if appearing := self.appearing(registration):
            return appearing.role
        return _OF_PART.get(registration.part, BadgeRole.PARTICIPANT)


def titles(appearing: Appearing | None) -> list[Text]:
    """Of the sessions that have a title, each once, in the order of the programme."""
    sessions = appearing.sessions if appearing else ()
    return list(dict.fromkeys(session.title for session in sessions if session.title))


def _appearing(found: list[tuple[str, Session]]) -> Appearing:
    roles = {role for role, _session in found}
    first = next((badge for role, badge in _OF_PROGRAMME.items() if role in roles), BadgeRole.PARTICIPANT)
    return Appearing(first, tuple(session for _role, session in found))


def _keys(*names: str) -> set[str]:
    return {key for name in names if name for key in keys_in_any_order(name)}
