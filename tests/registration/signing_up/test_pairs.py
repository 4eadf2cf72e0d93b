"""Two acts that meet, in both orders: what staff do with the agenda, and what happens to a place meanwhile."""

from contextlib import suppress
from itertools import permutations

import pytest

from agenda.choices import SessionState
from agenda.models import Day, ProgrammeVersion, Session
from agenda.publishing import versions
from agenda.publishing.offered import takes_place
from agenda.timing import shifting
from conference import clock
from registration.choices import HOLDING_A_PLACE, Status
from registration.models import Intake, Registration
from registration.places import lock
from registration.signing_up import transitions
from tests.factories import make_registration


@pytest.fixture
def scene(edition):
    """One place: one person has it, the first who waits comes on the first day alone, the second on both."""
    versions.publish_first(edition)
    Intake.objects.update(capacity=1)
    people = [make_registration(edition) for _person in range(3)]
    people[1].days.set(edition.days.all()[:1])
    return edition


def offer(edition):
    """The person with the place gives it back: the first for whom it fits is offered it."""
    holder = edition.registrations.order_by("pk").first()
    transitions.cancel(holder)


def accept(edition):
    for person in edition.registrations.filter(status=Status.OFFERED):
        with suppress(lock.TooLate):
            transitions.accept_offer(person)


def publish(edition):
    Session.objects.filter(day__edition=edition).update(title_en="Sample title")
    versions.publish(edition, by=None)


def cancel_day(edition):
    """The first day does not take place."""
    Session.objects.filter(day=edition.days.first()).update(state=SessionState.CANCELLED)
    versions.publish(edition, by=None)


def take_day_out(edition):
    """The agenda is published without what is on the first day."""
    Session.objects.filter(day=edition.days.first()).update(state=SessionState.DRAFT)
    versions.publish(edition, by=None)


def shift(edition, minutes=10):
    """The second day runs late."""
    day = edition.days.last()
    slots, _tree = shifting.slots_of(day)
    plan = shifting.shift(slots, slots[0].key, minutes)
    done = shifting.apply(day, plan, minutes=minutes, track=None, by=None)
    versions.publish_times(edition, shifting.times_of(done), None, shifting.note(done))


def bring_forward(edition):
    """The conference begins earlier: its first day is today, and has begun."""
    Day.objects.filter(pk=edition.days.first().pk).update(date=clock.today())
    versions.publish(edition, by=None)


AGENDA = [publish, cancel_day, take_day_out, shift, bring_forward]
# Both orders of each pair; and with a place offered before, for then there is something to accept.
ORDERS = [*permutations([offer, accept, *AGENDA], 2), *((offer, *pair) for pair in permutations([accept, *AGENDA], 2))]


def days_off(edition):
    """Those that are published as cancelled, and those that have begun."""
    programme = versions.published(edition)
    return {day.key for day in programme.days if not takes_place(day) or edition.begins_at(day.date) <= clock.now()}


@pytest.mark.parametrize("acts", ORDERS, ids=lambda acts: " ".join(act.__name__ for act in acts))
def test_what_staff_do_with_the_agenda_and_with_places_holds_in_each_order(scene, acts):
    for act in acts:
        before = {row.pk: row.status for row in Registration.objects.all()}
        off = days_off(scene)

        act(scene)

        rows = list(Registration.objects.order_by("pk"))
        assert sum(row.status in HOLDING_A_PLACE for row in rows) <= 1
        for row in rows:
            days = {day.pk: scene.begins_at(day.date) for day in row.days.all()}
            assert row.messages.filter(kind=row.status).exists()
            assert days.keys() >= {scene.days.first().pk} - off  # what was chosen stays
            if row.status != before[row.pk] and row.status in HOLDING_A_PLACE:
                assert days.keys() - off, "a place on a day that is cancelled, or has begun, is none"
            if row.status == Status.OFFERED != before[row.pk]:
                assert row.offered_until <= min(begins for day, begins in days.items() if day not in off)

    numbers = list(ProgrammeVersion.objects.order_by("pk").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    seen = {one.uuid: one for day in versions.published(scene).days for one in day.sessions}
    for row in Session.objects.filter(day__edition=scene, parent=None).exclude(state=SessionState.DRAFT):
        assert (seen[str(row.uuid)].starts_at, seen[str(row.uuid)].state) == (row.starts_at, row.state)


def test_day_that_runs_late_is_on_the_site_although_another_person_publishes_at_the_same_moment(scene, monkeypatch):
    """The draft is moved already: nothing else would say so to the public."""
    compute, meanwhile = versions.at_other_times, [publish]

    def slowly(*args):
        if meanwhile:
            meanwhile.pop()(scene)
        return compute(*args)

    monkeypatch.setattr(versions, "at_other_times", slowly)

    shift(scene)

    programme = versions.published(scene)
    second = scene.days.last()
    starts = {str(row.uuid): row.starts_at for row in second.sessions.filter(parent=None)}
    assert {one.uuid: one.starts_at for one in programme.days[1].sessions} == starts
    assert {one.title.en for one in programme.days[1].sessions} == {"Sample title"}
