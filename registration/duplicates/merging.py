"""Two registrations of one person become one. Staff choose which stays (registration.admin.registrations.merging).

All that belongs to the other goes over: messages, agreements, attendance, its lines in the admin's history, its
number, its badge and its certificate, which may be printed already. Staff see no sensitive answer meanwhile: the
answers of the registration that stays are kept, and the other's fill what is empty. Of two arrivals on one day the
earlier one stands. Lists of needs are united, and so is what was ticked under a question of our own; of two
arrangements for one need, the one that is further along stays.
"""

from collections.abc import Iterable
from contextlib import suppress

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.db.models import Model

from conference.rooms_above import rooms_above
from registration.access import arrangements
from registration.choices import (
    GIVEN_UP,
    HOLDING_A_PLACE,
    OF_STANDING,
    Change,
    Expense,
    MessageKind,
    QuestionKind,
    Status,
)
from registration.desk import uniting
from registration.messages import outbox
from registration.models import (
    BreakoutChoice,
    Certificate,
    ExtraAnswers,
    ExtraQuestion,
    Helper,
    InclusionAnswers,
    Intake,
    Message,
    Registration,
    Step,
    TravelDecision,
    TravelExpense,
    TravelRequest,
)
from registration.models.extra import Extra
from registration.own_page import contact
from registration.places import lock
from registration.places.hall import Hall
from registration.signing_up import transitions
from registration.signing_up.receipts import give_over
from registration.signing_up.repeats import keep_number

FILLED = {InclusionAnswers, TravelRequest, ExtraAnswers}  # column by column
FURTHER = {InclusionAnswers: "extra", ExtraAnswers: "answers"}  # question by question
# Who a person is and how to reach them. A telephone goes over with whose it is.
PERSON = [
    ("name_km",),
    ("name_latin",),
    ("phone", "phone_owner"),
    ("telegram",),
    ("email",),
    ("organisation",),
    ("badge_role",),
]
SEES_ANSWERS = "registration.view_inclusionanswers"
LISTS = ["languages", "access_needs", "food"]  # what a person needs: all that is in either is in the result
NOT_ANSWERS = {"id", "registration"}
BEST_FIRST = [Status.CONFIRMED, Status.OFFERED, Status.WAITING, Status.RECEIVED, Status.DECLINED, Status.CANCELLED]
STANDING = [
    *("status", "place_no", "waiting_since", "waiting_turn", "offered_until", "decline_reason", "confirmed_by_hand")
]


class BothDecided(Exception):
    """The travel desk decided, or noted the expenses of a day, for both. It alone can say which of the two counts."""


def merge(kept: Registration, other: Registration, *, by: User) -> transitions.Offered:
    """One of two registrations stays, with the better of their standings. Raises lock.TooLate if one is gone,
    and BothDecided.

    A place that is left over is offered to the next. A message about a standing that the person no longer has is not
    sent.
    """
    with lock.place_lock(kept.edition_id) as intake:
        rows = Registration.objects.filter(edition=kept.edition_id).in_bulk([kept.pk, other.pk])  # as they stand now
        if len(rows) < 2:
            raise lock.TooLate
        kept, other = rows[kept.pk], rows[other.pk]
        room = Hall(intake).room
        _refuse_two_decisions(kept, other)
        ranks = [(BEST_FIRST.index(_stands(row)), row.waiting_turn or 0) for row in (kept, other)]
        better = other if ranks[1] < ranks[0] else kept
        standing = {name: getattr(better, name) for name in STANDING}
        # Then the person is told anew: another standing, or another time until which a place is offered.
        is_news = (better.status, better.offered_until) != (kept.status, kept.offered_until)
        stale = [kept, other] if is_news else [other]
        untold = Message.objects.filter(registration__in=stale).still_to_be_told()
        untold.exclude(kind=MessageKind.CONTACT).delete()
        # Staff may know what opens `kept`: they must not read what comes over, nor what the person tells us later.
        if other.is_closed_to_some or not by.has_perm(SEES_ANSWERS):
            kept.is_sealed = True
        contacts = contact.contacts_of(kept)
        for room_above in rooms_above():
            room_above.merged(kept, other)
        _bring_all_over(kept, other, intake)
        contact.note_change(kept, contacts, by=by)
        Step.objects.create(registration=kept, what=Change.MERGED, by=by)
        of_registrations = ContentType.objects.get_for_model(Registration)
        LogEntry.objects.filter(content_type=of_registrations, object_id=str(other.pk)).update(object_id=str(kept.pk))
        LogEntry.objects.create(
            user=by,
            content_type=of_registrations,
            object_id=str(kept.pk),
            object_repr=str(kept),
            action_flag=CHANGE,
            change_message=f"{other} → {kept}",  # numbers only: the admin keeps its history for long
        )
        other.delete()  # before its place is given to the one that stays
        Helper.objects.filter(edition=kept.edition_id).without_people().delete()
        for name, value in standing.items():
            setattr(kept, name, value)
        kept.save()
        give_over(kept)  # what staff have made of two, no browser that signed one of them up writes over
        offered = transitions.offer_places(intake, before=room)
        if kept in offered:
            return offered  # which is told already
        if (is_news or _was_told_otherwise(kept)) and not intake.edition.is_over:
            outbox.put(kept, MessageKind(kept.status))
        elif kept.is_coming:
            outbox.put_news(kept)
        return offered


def _was_told_otherwise(row: Registration) -> bool:
    """What came over tells of a standing that the person does not have, and is newer than what is true."""
    newest = row.messages.filter(kind__in=OF_STANDING).order_by("-pk").first()
    true = {MessageKind.CANCELLED, MessageKind.LAPSED} if row.status == Status.CANCELLED else {row.status}
    return newest is not None and newest.kind not in true


def _stands(row: Registration) -> Status:
    """An offer that ran out is as good as cancelled, also before it is taken back."""
    return Status.CANCELLED if row.offer_ran_out else Status(row.status)


def _bring_all_over(kept: Registration, other: Registration, intake: Intake) -> None:
    """Where one holds a place and the other does not, a day that only the other had comes along while it has room.

    Days on which a person no longer comes stay out, and no seat is left on a day that did not come along.
    """
    still = [row for row in (kept, other) if _stands(row) not in GIVEN_UP]
    days = {_stands(row) in HOLDING_A_PLACE: set(row.days.all()) for row in (kept, other)}
    if len(still) == 1:
        kept.days.set(still[0].days.all())
    elif len(days) < 2:
        kept.days.add(*other.days.all())
    else:
        hall = Hall(intake)
        kept.days.set(days[True] | {day for day in days[False] - days[True] if not hall.is_full_on([day])})
    uniting.unite(kept, other)
    if Certificate.objects.filter(registration=kept).exists():  # else it goes over as all does
        Certificate.objects.filter(registration=other).update(registration=None, earlier_of=kept)
    _bring_rows_over(kept, other)
    BreakoutChoice.objects.filter(registration=kept).exclude(breakout__day__in=kept.days.all()).delete()
    _fill(kept, other, PERSON)
    kept.remark = "\n".join(filter(None, [kept.remark, other.remark]))
    keep_number(other, kept.pk)


def _bring_rows_over(kept: Model, other: Model) -> None:
    """All rows that belong to the other, and what the travel desk made of its travel request.

    What both have, such as a day attended or a bed of one night, stays with the other and goes with it.
    """
    for relation in kept._meta.related_objects:
        rows, name = relation.related_model._default_manager, relation.field.name
        for row in rows.filter(**{name: other.pk}):
            mine = rows.filter(**{name: kept.pk}).first() if relation.one_to_one else None
            if mine is None:
                with suppress(IntegrityError), transaction.atomic():
                    rows.filter(pk=row.pk).update(**{name: kept.pk})
            elif relation.related_model in FILLED:
                columns = [(field.name,) for field in mine._meta.concrete_fields if field.name not in NOT_ANSWERS]
                _fill(mine, row, columns)
                for list_name in LISTS if relation.related_model is InclusionAnswers else []:
                    both = [*getattr(mine, list_name), *getattr(row, list_name)]
                    setattr(mine, list_name, list(dict.fromkeys(both)))
                if column := FURTHER.get(relation.related_model):
                    setattr(mine, column, _united(getattr(mine, column), getattr(row, column)))
                mine.save()
                if isinstance(mine, InclusionAnswers) and isinstance(row, InclusionAnswers):
                    arrangements.unite(mine, row)
                else:
                    _bring_rows_over(mine, row)


def _united(mine: Extra | None, theirs: Extra | None) -> Extra | None:
    """The answers to questions of our own: what either has, and of several ticks those of both."""
    both = mine and theirs and mine.keys() & theirs.keys()
    several = ExtraQuestion.objects.filter(pk__in=both, kind=QuestionKind.TICKS) if both else []
    ticks = {one.key: list(dict.fromkeys([*mine[one.key], *theirs[one.key]])) for one in several if mine and theirs}
    return {**(theirs or {}), **(mine or {}), **ticks} or mine


def _refuse_two_decisions(kept: Registration, other: Registration) -> None:
    """A decision in which nothing is decided is none, and gives way."""
    both = {"travel_request__registration__in": [kept, other]}
    decisions = list(TravelDecision.objects.filter(**both))
    empty = [row.pk for row in decisions if row.is_empty]
    days = list(TravelExpense.objects.filter(**both, kind=Expense.DAILY).values_list("day", flat=True))
    if len(decisions) - len(empty) > 1 or len(days) > len(set(days)):
        raise BothDecided
    TravelDecision.objects.filter(pk__in=empty).delete()


def _fill(kept: Model, other: Model, groups: Iterable[tuple[str, ...]]) -> None:
    """Columns of a group go over together, where the first of them is empty."""
    for columns in groups:
        if not getattr(kept, columns[0]):
            for column in columns:
                setattr(kept, column, getattr(other, column))
