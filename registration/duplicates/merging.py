"""Two registrations of one person become one. Staff choose which stays (registration.admin.merging).

All that belongs to the other goes over: messages, agreements, attendance, its lines in the admin's history, its
number. Sensitive answers are shown to nobody: those of the one that stays stay, and the other's fill what is empty.
"""

from contextlib import suppress

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.utils import timezone

from registration.access import arrangements
from registration.choices import HOLDING_A_PLACE, Change, MessageKind, Status
from registration.messages import outbox
from registration.models import InclusionAnswers, Message, Registration, Step, TravelRequest
from registration.places import lock
from registration.places.hall import Hall
from registration.signing_up import transitions
from registration.signing_up.repeats import keep_number

FILLED = {InclusionAnswers, TravelRequest}  # column by column
# Who a person is and how to reach them. A telephone goes over with whose it is.
PERSON = [("name_km",), ("name_latin",), ("phone", "phone_owner"), ("telegram",), ("email",), ("organisation",)]
NOT_ANSWERS = {"id", "registration"}
BEST_FIRST = [Status.CONFIRMED, Status.OFFERED, Status.WAITING, Status.RECEIVED, Status.DECLINED, Status.CANCELLED]
STANDING = ["status", "place_no", "waiting_since", "offered_until", "decline_reason", "confirmed_by_hand"]


def merge(kept, other, *, by):
    """One of two registrations stays, with the better of their standings. Raises lock.TooLate if one is gone.

    A place that is left over is offered to the next. What was still to be told of a standing that is no longer
    anybody's is not told.
    """
    with lock.place_lock(kept.edition_id) as intake:
        kept, other = _both(kept, other)
        better = _better_of(kept, other)
        standing = {name: getattr(better, name) for name in STANDING}
        is_news = better.status != kept.status  # then it is told anew
        stale = [kept, other] if is_news else [other]
        Message.objects.filter(registration__in=stale).still_to_be_told().delete()
        _bring_all_over(kept, other, intake)
        Step.objects.create(registration=kept, what=Change.MERGED, by=by)
        _bring_history_over(kept, other, by)
        other.delete()  # before its place is anybody else's
        for name, value in standing.items():
            setattr(kept, name, value)
        kept.save()
        if is_news:
            outbox.put(kept, MessageKind(kept.status))
        transitions.offer_places(intake)


def _both(kept, other):
    """The rows as they stand now."""
    rows = Registration.objects.filter(edition=kept.edition_id).in_bulk([kept.pk, other.pk])
    if len(rows) < 2:
        raise lock.TooLate
    return rows[kept.pk], rows[other.pk]


def _better_of(kept, other):
    """Whose standing counts where two registrations become one: the kept one's, unless it is the worse."""
    ranks = [(BEST_FIRST.index(row.status), row.waiting_since or timezone.now()) for row in (kept, other)]
    return other if ranks[1] < ranks[0] else kept


def _bring_all_over(kept, other, intake):
    kept.days.set(_days_of_both(kept, other, intake))
    for relation in Registration._meta.related_objects:
        _bring_over(relation, kept, other)
    _fill(kept, other, PERSON)
    keep_number(other, kept.pk)


def _days_of_both(kept, other, intake):
    """Where one holds a place and the other does not, a day that only the other had comes along while it has room."""
    rows = {row.status in HOLDING_A_PLACE: set(row.days.all()) for row in (kept, other)}
    if len(rows) < 2:
        return {*kept.days.all(), *other.days.all()}
    hall = Hall(intake)
    return rows[True] | {day for day in rows[False] - rows[True] if not hall.is_full_on([day])}


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
            if model is InclusionAnswers:
                arrangements.arrange(mine)


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
