"""The rows that staff ticked become registrations, by the rules of signing up: a few at a time, each in one piece."""

import time
from collections.abc import Iterator, Sequence
from itertools import chain, count
from uuid import UUID, uuid5

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.translation import gettext as _

from agenda.models import Day
from conference import clock
from registration.bringing_in.people import NotSaid, Reader, Row
from registration.bringing_in.waiting import Waiting
from registration.choices import Channel, Status
from registration.models import BringingIn, BroughtIn, ExtraQuestion, Helper, Registration
from registration.places.lock import place_lock
from registration.signing_up import rules
from registration.signing_up.repeats import one_form
from registration.signing_up.several import HelperColumns, helper_as_typed, known_or_saved

SECONDS = 3.0  # of one request
_HELPERS = UUID("b7a0e0d2-0a51-4c7c-a2f7-57c7f0b6a6fd")


def rows_of(
    waiting: Waiting,
    keys: Sequence[str],
    not_said: NotSaid,
    days: Sequence[Day],
    *,
    sees_answers: bool,
    questions: Sequence[ExtraQuestion] = (),
) -> Iterator[Row]:
    """These rows, in the order of `keys`; read anew, for only what staff pasted is kept, and one by one."""
    readers = [
        Reader(sheet, at, not_said, days, sees_answers=sees_answers, questions=questions)
        for at, sheet in enumerate(waiting.sheets)
    ]
    lines = {f"{reader.at}-{line.number}": (reader, line) for reader in readers for line in reader.sheet.lines}
    for key in keys:
        reader, line = lines[key]
        yield reader.row(line)


def write_some(
    listed: BringingIn,
    waiting: Waiting,
    not_said: NotSaid,
    days: Sequence[Day],
    *,
    by: User,
    sees_answers: bool,
    questions: Sequence[ExtraQuestion] = (),
) -> None:
    """Brings in rows for a few seconds, and keeps how far it came. Pressed twice, or after a process died, a row that
    is in already changes nothing: its form is the same."""
    todo = list(waiting.todo or [])
    ends = time.monotonic() + SECONDS
    helper = _helper(listed, waiting)
    rows = rows_of(waiting, list(todo), not_said, days, sees_answers=sees_answers, questions=questions)
    for row in rows:
        todo.remove(row.key)
        try:
            _write(listed, row, helper, by)
        except (ValidationError, IntegrityError) as error:
            listed.refused += 1
            waiting.refused.append((row.key, _reason(error)))
        if time.monotonic() > ends:
            break
    waiting.todo, listed.people = todo, listed.brought.count()
    if not todo:
        listed.done_at = clock.now()
        waiting.sheets, waiting.left_out = [], []  # what was pasted is needed no more
    listed.waiting = waiting.dumped()
    listed.save()


def _write(listed: BringingIn, row: Row, helper: Helper | None, by: User) -> None:
    if row.problems:
        raise ValidationError(row.problems)
    with place_lock(listed.edition_id):
        told = rules.sign_up(
            edition=listed.edition,
            answers=row.answers(),
            language=row.language,
            form_token=_form_token(listed, row),
            channel=Channel.LIST,
            by=by,
            helper=None if row.contacts or helper is None else known_or_saved(helper),
            is_told=listed.is_told,
        )
        if told.is_same_form or told.repeats:
            is_of_this_list = listed.brought.filter(registration=told.pk).exists()  # and not counted: a process died
            listed.known += not is_of_this_list
            return
        at = Registration.objects.values_list("updated_at", flat=True).get(pk=told.pk)
        BroughtIn.objects.create(registration_id=told.pk, bringing_in=listed, row=row.number, unchanged_since=at)


def _form_token(listed: BringingIn, row: Row) -> UUID:
    """The first form that was not cancelled since: who has cancelled comes in anew where staff ticked them."""
    tokens = chain([row.form_token], (uuid5(row.form_token, str(number)) for number in count(1)))
    cancelled = Registration.objects.filter(status=Status.CANCELLED)
    answers = row.answers()
    return next(
        one for one in tokens if not cancelled.filter(form_token=one_form(one, listed.edition, answers)).exists()
    )


def _helper(listed: BringingIn, waiting: Waiting) -> Helper | None:
    """Through whom people without a contact of their own are reached. The same name and number are one helper."""
    said = waiting.said
    if not said.helper_phone:
        return None
    columns = HelperColumns(name=said.helper_name, phone=said.helper_phone, email="", organisation="")
    token = uuid5(_HELPERS, f"{listed.edition_id} {said.helper_name} {said.helper_phone}")
    return helper_as_typed(listed.edition, columns, language=said.language, form_token=token)


def _reason(error: ValidationError | IntegrityError) -> str:
    return " ".join(error.messages) if isinstance(error, ValidationError) else _("The rules of the table refuse it.")
