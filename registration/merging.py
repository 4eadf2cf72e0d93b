"""Two registrations of one person become one. Staff choose which stays (registration.admin.merging).

All that belongs to the other goes over: messages, agreements, attendance, its lines in the admin's history, its
number. Sensitive answers are shown to nobody: those of the one that stays stay, and the other's fill what is empty.
"""

from contextlib import suppress

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction

from registration import signup
from registration.models import InclusionAnswers, Message, Registration, TravelRequest
from registration.repeats import keep_number

FILLED = {InclusionAnswers, TravelRequest}  # column by column
# Who a person is and how to reach them. A telephone goes over with whose it is.
PERSON = [("name_km",), ("name_latin",), ("phone", "phone_owner"), ("telegram",), ("email",), ("organisation",)]
NOT_ANSWERS = {"id", "registration"}


def merge(kept, other, *, by):
    """One of two registrations stays, with the better of their standings. Raises signup.TooLate if one is gone.

    A place that is left over is offered to the next. What was still to be told of a standing that is no longer
    anybody's is not told.
    """
    with signup.merged(kept, other) as (kept, other):
        is_news = signup.better_of(kept, other).status != kept.status  # then it is told anew
        stale = [kept, other] if is_news else [other]
        Message.objects.filter(registration__in=stale).still_to_be_told().delete()
        for relation in Registration._meta.related_objects:
            _bring_over(relation, kept, other)
        kept.days.add(*other.days.all())
        _fill(kept, other, PERSON)
        keep_number(other, kept.pk)
        _bring_history_over(kept, other, by)


def _bring_over(relation, kept, other):
    """Row by row: what the other has twice, such as a day attended, goes with it."""
    model, name = relation.related_model, relation.field.name
    for row in model.objects.filter(**{name: other.pk}):
        mine = model.objects.filter(**{name: kept.pk}).first() if relation.one_to_one else None
        if mine is None:
            _move(row, name, kept)
        elif model in FILLED:
            columns = [(field.name,) for field in model._meta.concrete_fields if field.name not in NOT_ANSWERS]
            _fill(mine, row, columns)
            mine.save()


def _move(row, name, kept):
    with suppress(IntegrityError), transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(**{name: kept.pk})


def _fill(kept, other, groups):
    for columns in groups:
        if not getattr(kept, columns[0]):
            for column in columns:
                setattr(kept, column, getattr(other, column))


def _bring_history_over(kept, other, by):
    """Numbers only: the admin keeps its history for long."""
    of_registrations = ContentType.objects.get_for_model(Registration)
    LogEntry.objects.filter(content_type=of_registrations, object_id=str(other.pk)).update(object_id=str(kept.pk))
    LogEntry.objects.create(
        user=by,
        content_type=of_registrations,
        object_id=str(kept.pk),
        object_repr=str(kept),
        action_flag=CHANGE,
        change_message=f"{other} → {kept}",
    )
