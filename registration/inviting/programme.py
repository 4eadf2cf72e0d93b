"""The people of the programme who have neither a registration nor an invitation."""

from agenda.programme.value import Person
from agenda.publishing.versions import published
from conference.language.khmer import keys_in_any_order
from conference.models import Edition
from registration.choices import GIVEN_UP
from registration.models import Invitation


def without_registration(edition: Edition) -> list[Person]:
    """By name, in any order of its words; or by the invitation. In the order of their first appearance."""
    programme = published(edition)
    appearing: dict[int, None] = {}
    for place in programme.places.values():
        for one in place.session.appearances:
            if one.speaker is not None and not place.session.is_cancelled:
                appearing[one.speaker] = None
    coming = edition.registrations.exclude(status__in=GIVEN_UP)
    names = {name for row in coming.values_list("name_km_key", "name_latin_key") for name in row if name}
    open_ones = Invitation.objects.filter(registration__in=coming)
    invited = set(open_ones.values_list("speaker", flat=True))
    people = {person.key: person for person in programme.people}
    return [
        people[key]
        for key in appearing
        if key in people and key not in invited and not _keys(people[key]) & names and (people[key].name)
    ]


def _keys(person: Person) -> set[str]:
    return {key for name in (person.name.km, person.name.en) if name for key in keys_in_any_order(name)}
