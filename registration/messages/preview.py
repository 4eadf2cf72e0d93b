"""How a message looks to a participant: to a person who is recognisably a sample, in each language."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext, override

from agenda.publishing import chosen
from conference import clock
from conference.models import Edition
from registration.choices import Part, Province
from registration.messages import emails
from registration.models import Letter, MessageText, PlannedLetter, Registration


@dataclass(frozen=True)
class Preview:
    language: str
    language_name: str
    subject: str
    text: str


def previews(
    edition: Edition, kind: str, written: MessageText | Letter | PlannedLetter | None = None
) -> list[Preview]:
    """What staff wrote, or the site's own words, in every language."""
    days = chosen.days(edition)
    found = []
    for language, name in settings.LANGUAGES:
        person = _sample_person(edition, language)
        with override(language):
            link = gettext("(Here stands the person’s own link.)")
        subject, text = emails.words(kind, person, days, link, written)
        found.append(Preview(language, name, subject, text))
    return found


def _sample_person(edition: Edition, language: str) -> Registration:
    """Never saved: the number belongs to no registration."""
    with override(language):
        return Registration(
            edition=edition,
            language=language,
            code="SAMPLE2",
            name_km="អ្នកចូលរួមគំរូ",
            name_latin="SAMPLE Participant",
            organisation=gettext("Sample organisation"),
            part=Part.PARTICIPANT,
            province=Province.PHNOM_PENH,
            offered_until=clock.now() + timedelta(days=2),
            decline_reason=gettext("(Here stands your reason.)"),
        )
