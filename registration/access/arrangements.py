"""Access needs become arrangements: one for each need, moved on by inclusion officers until the participant knows.

A need is encrypted, so the database cannot refuse a second arrangement for the same need. Code that saves answers
therefore calls `make` or `arrange` in the same transaction, after it has written the row of the answers: another
process that writes the same answers then waits for the first.
"""

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet

from conference import clock
from registration.choices import AccessNeed, ArrangementState, FollowedLanguage, MessageKind
from registration.messages import outbox
from registration.models import Arrangement, InclusionAnswers, Registration
from registration.models.arrangement import OTHER, ArrangementQuerySet

# state -> from where a step may lead there
STEPS = {
    ArrangementState.BOOKED: [ArrangementState.REQUESTED],
    ArrangementState.CONFIRMED: [ArrangementState.REQUESTED, ArrangementState.BOOKED],
}
# Of two arrangements for one need, the one whose state stands later here is kept: help that is booked counts more than
# the answer that it is not possible.
FURTHER = [
    ArrangementState.REQUESTED,
    ArrangementState.NOT_POSSIBLE,
    ArrangementState.BOOKED,
    ArrangementState.CONFIRMED,
    ArrangementState.TOLD,
]


def needs_of(answers: InclusionAnswers) -> list[str]:
    """Every need that the participant has told us of, in whichever question, once each."""
    needs = list(answers.access_needs)
    if FollowedLanguage.SIGN_LANGUAGE in answers.languages:
        needs.append(AccessNeed.SIGN_LANGUAGE)
    if answers.assistant_name:
        needs.append(AccessNeed.ASSISTANT)
    if answers.access_note:
        needs.append(OTHER)
    return list(dict.fromkeys(needs))


def make(answers: InclusionAnswers) -> None:
    """For answers that are new: one statement, and none at all for a participant who needs nothing."""
    Arrangement.objects.bulk_create([Arrangement(answers=answers, need=need) for need in needs_of(answers)])


def arrange(answers: InclusionAnswers) -> None:
    """For answers that have changed: adds what is missing.

    The arrangement for a need that was taken back goes only if no officer has worked on it: what is booked, an officer
    must cancel.
    """
    needs = needs_of(answers)
    rows = list(answers.arrangements.all())
    known = {row.need for row in rows}
    taken_back = [row.pk for row in rows if row.need not in needs and row.changed_at is None]
    answers.arrangements.filter(pk__in=taken_back).delete()
    missing = [Arrangement(answers=answers, need=need) for need in needs if need not in known]
    Arrangement.objects.bulk_create(missing)


def unite(kept: InclusionAnswers, other: InclusionAnswers) -> None:
    """Two people were one: the answers that stay take over every arrangement, one for each need.

    For a need of both, the arrangement that is further along stays. What is empty in it comes from the second, whose
    provider stands in the note if it is another: there may be a second booking that an officer must cancel.
    """
    mine = {row.need: row for row in kept.arrangements.all()}
    for theirs in other.arrangements.all():
        known = mine.get(theirs.need)
        if known is None:
            theirs.answers = kept
            theirs.save()
            continue
        further, second = (theirs, known) if _how_far(theirs) > _how_far(known) else (known, theirs)
        further.answers, further.asked_at = kept, min(known.asked_at, theirs.asked_at)
        further.offered_instead = further.offered_instead or second.offered_instead
        further.provider = further.provider or second.provider
        if further.cost is None:
            further.cost, further.currency = second.cost, second.currency
        booked_twice = second.provider if second.provider != further.provider else ""
        further.note = "\n".join(dict.fromkeys(filter(None, [further.note, booked_twice, second.note])))
        second.delete()
        further.save()
        mine[further.need] = further
    arrange(kept)


def _how_far(arrangement: Arrangement) -> tuple[int, bool]:
    return FURTHER.index(ArrangementState(arrangement.state)), arrangement.cost is not None


def save(arrangement: Arrangement, *, by: User) -> None:
    """What an officer typed, with who and when."""
    arrangement.changed_by, arrangement.changed_at = by, clock.now()
    arrangement.save()


def move(chosen: ArrangementQuerySet, state: ArrangementState, *, by: User) -> int:
    """Booked, or confirmed. Leaves alone what is already further; returns how many moved."""
    return chosen.filter(state__in=STEPS[state]).update(state=state, changed_by=by, changed_at=clock.now())


@transaction.atomic
def note_told(chosen: ArrangementQuerySet, how: str, *, by: User) -> int:
    """The participants know. Only what is confirmed or not possible can be told; returns how many are noted."""
    noted = {"told_how": how, "changed_by": by, "changed_at": clock.now()}
    confirmed = chosen.filter(state=ArrangementState.CONFIRMED).update(state=ArrangementState.TOLD, **noted)
    return confirmed + chosen.filter(state=ArrangementState.NOT_POSSIBLE, told_how="").update(**noted)


@transaction.atomic
def tell(chosen: ArrangementQuerySet) -> int:
    """Writes to each participant that there is news on their own page, and nothing more; returns to how many.

    A participant without e-mail stands on the call list with the same words.
    """
    people = list(people_to_tell(chosen))
    outbox.put_for_all(people, MessageKind.OWN_NEWS)
    return len(people)


def people_to_tell(chosen: ArrangementQuerySet) -> QuerySet[Registration]:
    """There is no second message while one is on its way."""
    people = Registration.objects.filter(inclusion_answers__arrangements__in=chosen.to_be_told())
    return people.exclude(pk__in=outbox.with_news_on_the_way()).distinct()
