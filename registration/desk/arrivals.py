"""Taking people in at the desk, day by day, and taking that back: the rules, whichever page or device sends it.

Each press is kept as a DeskAct. Whether a participant is in follows from all acts of the person and the day, in the
order of their moments: it begins with the first "in" after the last "undo". So it does not matter in which order the
devices send them: of two desks the earlier time stands, and an undo removes no arrival that is later than the undo.

What devices send and get, as JSON (registration.admin.desk.devices; never kept by a browser or proxy):

GET /admin/desk/<year>/<number of the day, from 1>/people.json
    {"made_at": ISO, "day": {"number", "date", "words", "is_today"}, "counts": {...},
     "people": [{"token", "earlier_tokens": [of badges of registrations that were merged into this one],
                 "number" (as it is said: PJQ-RHX7), "km", "latin",
                 "find": [keys of the parts of the names, as conference.language.khmer.match_parts makes them, the last
                          four digits of the telephone, and other numbers that the person was shown],
                 "organisation", "lanyard": "yes|ask|no|" (empty: not asked), "status": one of Standing,
                 "in": ISO or null}]}

POST /admin/desk/<year>/<number>/arrivals.json, with the header X-CSRFToken
    {"sent_at": the device's now, "acts": [{"key": UUID, "token", "act": "in"|"undo", "at": the device's moment}]}
    -> {"acts": [{"key", "outcome": one of Outcome, "since": ISO or null, "words": a sentence}], "counts": {...}}

Both with the date of the day in the header X-Desk-Day: this day is meant, also where it has another number by now.

"counts": {"in", "expected", "places" or null, "left" or null}. 400 with {"error": a sentence} for what cannot be read;
403 for an account that may not do this; a redirect to the sign-in page where no account is signed in. A key that is
sent again is the same act, and is answered as things stand now. At most MOST_ACTS in one request.
"""

import datetime
import uuid
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agenda.models import Day
from conference import clock
from conference.models import Edition
from conference.words import clock as time_of
from conference.words import date_only, digits
from registration.choices import Status
from registration.desk.people import HAVE_A_PLACE, Standing, since_words, standing_of
from registration.desk.tokens import with_tokens
from registration.models import Attendance, DeskAct, Registration
from registration.places.lock import NoPlaceLeft, TooLate, place_lock_if_any
from registration.signing_up import transitions

MOST_ACTS = 500
IN, UNDO = DeskAct.What.IN, DeskAct.What.UNDO


class Outcome(TextChoices):
    NOTED = "noted"
    ALREADY = "already"
    UNDONE = "undone"
    STAYS = "stays"  # of an undo: another desk took the person in later
    UNKNOWN = "unknown"
    CANCELLED = "cancelled"
    NO_PLACE = "no_place"
    OTHER_YEAR = "other_year"
    NOT_YET = "not_yet"


@dataclass(frozen=True)
class Act:
    """What a page or a device sends."""

    token: str
    what: str
    at: datetime.datetime
    key: uuid.UUID = field(default_factory=uuid.uuid4)


@dataclass(frozen=True)
class Answer:
    act: Act
    outcome: Outcome
    words: str
    since: datetime.datetime | None = None


def note(edition: Edition, day: Day, acts: Sequence[Act], *, by: User) -> list[Answer]:
    """Notes acts of one day, all in one transaction, and answers each as things stand afterwards.

    `day` as it is published. What is refused is not kept: sent again, it is looked at anew.
    """
    if day.date > clock.today():
        said = _("%(day)s has not come yet: no person is taken in.") % {"day": date_only(day.date)}
        return [Answer(act, Outcome.NOT_YET, said) for act in acts]
    with place_lock_if_any(edition.pk):
        sheet = _Sheet(day, acts)
        refused = {act.key: refusal for act in acts if (refusal := sheet.refusal(act, edition, day))}
        sheet.add([act for act in acts if act.key not in refused], day, by)
        sheet.settle(day, by)
        people = {row.pk: row for row in sheet.people.values()}  # each once, with whichever badges
        give_offered_places([row for pk, row in people.items() if pk in sheet.there], by=by)
    return [refused.get(act.key) or sheet.answer(act) for act in acts]


def note_one(edition: Edition, day: Day, token: str, what: str, *, by: User) -> Answer:
    """A button of a page, pressed at this moment."""
    return note(edition, day, [Act(token, what, clock.now())], by=by)[0]


def give_offered_places(there: Iterable[Registration], *, by: User) -> None:
    """To be there is to accept: else the place would be taken back and offered to the next."""
    for row in there:
        if row.status == Status.OFFERED:
            with suppress(NoPlaceLeft, TooLate):
                transitions.confirm(row, by=by)


def foreign_badge(row: Registration | None, edition: Edition) -> tuple[Outcome, str] | None:
    """What is said of a badge that opens no person of this edition. `row` is what was found by its token."""
    if row is None:
        return Outcome.UNKNOWN, _("This is no badge of this conference. Search for the name instead.")
    if row.edition_id != edition.pk:
        said = _("This badge is of %(year)s. Search for the name instead.") % {"year": digits(row.edition.year)}
        return Outcome.OTHER_YEAR, said
    return None


def bounded(at: datetime.datetime, day: Day) -> datetime.datetime:
    """Within the day, and never after this moment: the clock of a device may be anywhere."""
    begins = timezone.make_aware(datetime.datetime.combine(day.date, datetime.time.min))
    return min(max(at, begins), begins + datetime.timedelta(days=1, seconds=-1), clock.now())


class _Sheet:
    """Those whom some acts concern, with all that was pressed for them on this day before."""

    def __init__(self, day: Day, acts: Sequence[Act]) -> None:
        self.people = with_tokens(act.token for act in acts)
        keys = {row.pk for row in self.people.values()}
        self.acts: dict[int, list[DeskAct]] = {pk: [] for pk in keys}
        for pressed in DeskAct.objects.filter(registration__in=keys, day=day.pk):
            self.acts[pressed.registration_id].append(pressed)
        there = Attendance.objects.filter(registration__in=keys, day=day.pk)
        self.there = {row.registration_id: row for row in there}
        self.begins: dict[int, DeskAct | None] = {}  # with which act each person is in

    def refusal(self, act: Act, edition: Edition, day: Day) -> Answer | None:
        row = self.people.get(act.token)
        foreign = foreign_badge(row, edition)
        if row is None or foreign:
            return Answer(act, *(foreign or (Outcome.UNKNOWN, "")))
        if act.what == UNDO or row.pk in self.there or any(one.key == act.key for one in self.acts[row.pk]):
            return None
        standing = standing_of(row, [one.pk for one in row.days.all()], day)
        if standing in HAVE_A_PLACE:
            return None
        is_cancelled = standing in {Standing.CANCELLED, Standing.DECLINED}
        return Answer(act, Outcome.CANCELLED if is_cancelled else Outcome.NO_PLACE, str(REFUSED[standing]))

    def add(self, acts: Iterable[Act], day: Day, by: User) -> None:
        """Each once, however often it was sent."""
        known = set(DeskAct.objects.filter(key__in=[act.key for act in acts]).values_list("key", flat=True))
        new = []
        for act in acts:
            if act.key not in known:
                known.add(act.key)
                registration = self.people[act.token]
                at = bounded(act.at, day)
                new.append(DeskAct(key=act.key, registration=registration, day_id=day.pk, what=act.what, at=at, by=by))
        for pressed in DeskAct.objects.bulk_create(new):
            self.acts[pressed.registration_id].append(pressed)

    def settle(self, day: Day, by: User) -> None:
        """Makes the rows of who was there say what the acts say."""
        new = []
        for pk, acts in self.acts.items():
            acts.sort(key=lambda one: (one.at, one.pk))
            begins = self.begins[pk] = begins_with(acts)
            row = self.there.get(pk)
            if begins is None:
                if row and acts and (row.arrived_at or row.at <= acts[-1].at):
                    row.delete()
                    del self.there[pk]
            elif row is None:
                row = Attendance(registration_id=pk, day_id=day.pk, arrived_at=begins.at, noted_by=by)
                self.there[pk] = row
                new.append(row)
            elif row.arrived_at != begins.at:
                row.arrived_at = begins.at
                row.save(update_fields=["arrived_at"])
        Attendance.objects.bulk_create(new)

    def answer(self, act: Act) -> Answer:
        pk = self.people[act.token].pk
        row, begins = self.there.get(pk), self.begins[pk]
        if row is None:
            said = _("Taken back: not there on this day.")
            return Answer(act, Outcome.UNDONE, said)
        if act.what == UNDO:
            return Answer(act, Outcome.STAYS, since_words(row.arrived_at), row.arrived_at)
        if begins and begins.key == act.key:
            return Answer(act, Outcome.NOTED, _("Taken in at %(time)s.") % {"time": time_of(begins.at)}, begins.at)
        return Answer(act, Outcome.ALREADY, since_words(row.arrived_at), row.arrived_at)


def begins_with(acts: Iterable[DeskAct]) -> DeskAct | None:
    """The act with which a person is in after all of these, which stand in order."""
    begins = None
    for pressed in acts:
        begins = None if pressed.what == UNDO else begins or pressed
    return begins


REFUSED = {
    Standing.CANCELLED: gettext_lazy("Cancelled: not taken in. Send the person to the colleague who gives places."),
    Standing.DECLINED: gettext_lazy("Declined: not taken in. Send the person to the colleague who gives places."),
    Standing.WAITING: gettext_lazy(
        "On the waiting list: not taken in. Send the person to the colleague who gives places."
    ),
    Standing.RECEIVED: gettext_lazy(
        "Staff have not decided yet: not taken in. Send the person to the colleague who gives places."
    ),
}
