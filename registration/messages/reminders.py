"""Reminders that the site makes ready by itself, from what is known of the edition, as letters by date.

They stay switched off until staff have read them. One that staff have changed is never written anew.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from conference import clock
from conference.models import Edition
from conference.words import clock as time_in_words
from conference.words import comma
from registration.choices import LetterState, MessageKind, Occasion, Readers
from registration.models import PlannedLetter, TravelBudget
from registration.places.lock import place_lock


@dataclass(frozen=True)
class Reminder:
    occasion: Occasion
    kind: MessageKind
    readers: Readers
    subject: Promise
    days: int  # before the first day; or after the last one, where it is thanks
    at: time

    def due_at(self, edition: Edition) -> datetime:
        is_thanks = self.kind == MessageKind.THANKS
        day: date = edition.ends_on + timedelta(self.days) if is_thanks else edition.starts_on - timedelta(self.days)
        return timezone.make_aware(datetime.combine(day, self.at))


REMINDERS = [
    Reminder(Occasion.WEEK, MessageKind.REMINDER, Readers.PLACE, _("In one week"), 7, time(8)),
    Reminder(Occasion.EVENING, MessageKind.REMINDER, Readers.PLACE, _("Tomorrow"), 1, time(17)),
    Reminder(Occasion.AFTERWARDS, MessageKind.THANKS, Readers.THERE, _("Thank you, and your certificate"), 1, time(9)),
]


def make_ready(edition: Edition, *, by: User) -> list[PlannedLetter]:
    """Those whose time is still to come. Raises Closed if the edition has no intake."""
    made = []
    with place_lock(edition.pk):
        known = {one.occasion: one for one in edition.planned_letters.exclude(occasion="")}
        for reminder in REMINDERS:
            planned = known.get(reminder.occasion)
            is_touched = planned and (planned.version or planned.state != LetterState.OFF)
            if is_touched or reminder.due_at(edition) <= clock.now():
                continue
            planned = planned or PlannedLetter(edition=edition, occasion=reminder.occasion, written_by=by)
            planned.kind, planned.readers = reminder.kind, reminder.readers
            planned.due_at = reminder.due_at(edition)
            for name, text in _texts(reminder, edition):
                setattr(planned, name, text)
            planned.save()
            made.append(planned)
    return made


def _texts(reminder: Reminder, edition: Edition) -> Iterator[tuple[str, str]]:
    for language, _name in settings.LANGUAGES:
        with override(language):
            yield f"subject_{language}", str(reminder.subject)
            template = f"registration/reminder/{reminder.occasion}.txt"
            yield f"body_{language}", render_to_string(template, _facts(edition, language)).strip()


def _facts(edition: Edition, language: str) -> dict[str, Any]:
    """As far as they are known in this language, which is set."""
    parts = [getattr(text, language) for text in (edition.venue, edition.address, edition.city)]
    on_the_way = [getattr(text, language).strip() for text in (edition.way, edition.entrance, edition.step_free)]
    return {
        "edition": edition,
        "opens": time_in_words(edition.opens_at) if edition.opens_at else "",
        "closes": time_in_words(edition.closes_at) if edition.closes_at else "",
        "where": "{place}" if not any(parts) else comma().join(filter(None, parts)),
        "on_the_way": [text for text in on_the_way if text],
        "travel": TravelBudget.objects.filter(edition=edition).exists(),
        "address": settings.SITE_URL + reverse("conference:home", args=[edition.year]),
    }
