"""Plain functions that make rows and values, with honest defaults. Sample people are recognisably samples."""

import datetime as dt
import time
import uuid
from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

from agenda.choices import Kind, SessionState
from agenda.models import Day, Session
from agenda.programme.value import Session as SessionValue
from conference.language.translated import Text
from conference.models import Edition
from registration.choices import (
    Agreement,
    FollowedLanguage,
    LetterState,
    MessageKind,
    Part,
    Province,
    QuestionKind,
    Sector,
    Subject,
)
from registration.forms import machines
from registration.models import ExtraQuestion, Intake, Letter, PlannedLetter, Registration
from registration.models.extra import options_of_lines
from registration.places.seats import Choice
from registration.signing_up import rules
from registration.signing_up.answers import Answers

OPENED = datetime(2020, 1, 1, tzinfo=UTC)


def make_edition(*, year=2030, title_en="Sample Conference", title_km="", **fields):
    columns = {"is_public": True, "starts_on": date(year, 3, 26), "ends_on": date(year, 3, 27), **fields}
    return Edition.objects.create(year=year, title_en=title_en, title_km=title_km, **columns)


def open_intake(edition, **fields):
    """Sign-up is open, as staff have opened it long ago."""
    return Intake.objects.create(edition=edition, **{"opens_at": OPENED, **fields})


def make_day(edition, **fields):
    return Day.objects.create(**{"edition": edition, "date": edition.starts_on, **fields})


def make_session(day, *, starts_at="9:00", ends_at="10:00", title_en="Sample session", **fields):
    return Session.objects.create(
        day=day,
        starts_at=starts_at and dt.time.fromisoformat(starts_at.zfill(5)),
        ends_at=ends_at and dt.time.fromisoformat(ends_at.zfill(5)),
        title_en=title_en,
        **fields,
    )


def session_value(title, starts_at, ends_at, *, track="", **fields):
    """A session of the programme value, for the pure functions."""
    defaults = {
        "uuid": str(uuid.uuid4()),
        "code": title,
        "kind": Kind.PRESENTATION,
        "label": Text(),
        "description": Text(),
        "room": Text(),
        "state": SessionState.CONFIRMED,
        "spoken_languages": (),
        "interpretation": (),
        "open_call": False,
        "appearances": (),
        "children": (),
    }
    times = [dt.time.fromisoformat(moment.zfill(5)) for moment in (starts_at, ends_at)]
    return SessionValue(
        title=Text(en=title), starts_at=times[0], ends_at=times[1], track=Text(en=track), **(defaults | fields)
    )


def make_answers(edition, *, inclusion=None, travel=None, consents=None, **person):
    columns = {
        "name_km": "គំរូ សាកល្បង",
        "name_latin": "KUMROU Sakalbang",
        "phone": "+85512000001",
        "phone_owner": "",
        "telegram": "",
        "email": "",
        "organisation": "Sample Organisation",
        "sector": Sector.LOCAL_NGO,
        "part": Part.PARTICIPANT,
        "province": Province.PHNOM_PENH,
    }
    return Answers(
        person=columns | person,
        days=list(edition.days.all()),
        inclusion={"languages": [FollowedLanguage.KHMER], **(inclusion or {})},
        travel=travel,
        consents=consents or {Subject.DATA_USE: Agreement.YES, Subject.PHOTOS: Agreement.NO},
    )


def choice_of(room):
    """What a form says of a theme or room that was chosen."""
    return Choice(str(room.parent.uuid), str(room.uuid))


def sign_up(edition, answers):
    """One person by the public form; gives what they are told."""
    return rules.sign_up(edition=edition, answers=answers, language="en", form_token=uuid.uuid4())


def row_of(told):
    return Registration.objects.select_related("edition").get(pk=told.pk)


def make_registration(edition, **fields):
    return row_of(sign_up(edition, make_answers(edition, **fields)))


def make_question(edition, *, options=(), **fields):
    """A question of the edition's own. With options, several may be ticked; they are the same in both languages."""
    columns = {
        "label_en": "Sample question",
        "label_km": "សំណួរ​គំរូ",
        "kind": QuestionKind.TICKS if options else QuestionKind.TEXT,
        "options": options_of_lines([], options, options),
        "page": 3,
        **fields,
    }
    return ExtraQuestion.objects.create(intake=edition.intake, **columns)


def make_letter(edition, **fields):
    columns = {"kind": MessageKind.LETTER, "subject_en": "Sample subject", "body_en": "Sample text", **fields}
    return Letter.objects.create(edition=edition, **columns)


def make_planned_letter(edition, *, seconds=-1, **fields):
    """A letter by date, switched on, that is due since one second."""
    columns = {"kind": MessageKind.LETTER, "subject_en": "S", "body_en": "B", "state": LetterState.ON} | fields
    due_at = timezone.now() + timedelta(seconds=seconds)
    return PlannedLetter.objects.create(edition=edition, due_at=due_at, **columns)


def shown_long_ago():
    """Of a form that a person has read and filled in."""
    return machines.sealed(machines.Shown(at=time.time() - 60))


def others_data(edition, *people, **changes):
    """What a browser sends for a helper and one row of the form for each of the people."""
    data = {
        "form_token": str(uuid.uuid4()),
        "shown_at": shown_long_ago(),
        "helper_name": "Sample Helper",
        "helper_phone": "012 000 009",
        "organisation": "Sample Village",
        "sector": Sector.COMMUNITY,
        "part": Part.PARTICIPANT,
        "days": [day.pk for day in edition.days.all()],
        "province": Province.KEP,
        "agreed": "on",
        "person": list(range(1, len(people) + 1)),
    }
    for row, person in enumerate(people, start=1):
        columns = {"name_latin": f"KUMROU {row}", "adult": "yes", "through_helper": "on", **person}
        data |= {f"person-{row}-{name}": value for name, value in columns.items()}
    return {name: value for name, value in (data | changes).items() if value is not None}


def form_data(edition, **changes):
    """What a browser sends for a participant of Phnom Penh who fills in only what is needed."""
    data = {
        "form_token": str(uuid.uuid4()),
        "shown_at": shown_long_ago(),
        "name_km": "គំរូ សាកល្បង",
        "adult": "yes",
        "phone": "012 000 001",
        "sector": Sector.LOCAL_NGO,
        "part": Part.PARTICIPANT,
        "days": [day.pk for day in edition.days.all()],
        "languages": [FollowedLanguage.KHMER],
        "province": Province.PHNOM_PENH,
        "data_use": "on",
    }
    return {name: value for name, value in (data | changes).items() if value is not None}
