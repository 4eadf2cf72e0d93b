"""What staff decide, and what becomes of the agenda: a talk that is accepted fills its session in the draft.

Its speakers stand there as "to be confirmed" until each confirms by a link of their own. What stood in the session
before is kept, and comes back when the talk is taken back or withdrawn. The public sees none of it before the agenda
is published.
"""

from functools import reduce
from operator import or_
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Q

from agenda.choices import AppearanceState, Role, SessionState
from agenda.models import Appearance, Session, Speaker
from conference import clock
from conference.models import Organisation
from contributions.choices import ProposalState, SpeakerAnswer
from contributions.models import CallTopic, Proposal, ProposalSpeaker, TalkOff, WhyOff
from contributions.telling import queue

FILLED = ("title_en", "title_km", "description_en", "description_km", "spoken_languages", "open_call", "state")
LONGEST_LABEL = 300  # of an appearance in the agenda


class Taken(Exception):
    """Another proposal fills this session already."""


class Gone(Exception):
    """The proposal was withdrawn or erased meanwhile."""


def accept(proposal: Proposal, topic: CallTopic, *, words: str, by: User) -> Proposal:
    """Raises Taken and Gone. A topic without a session is accepted, and staff give it a place later.

    Where it stands there already, its speakers keep what they answered; and who is told the same is not told again.
    """
    try:
        with transaction.atomic():
            row = _fresh(proposal)
            stands_there = row.state == ProposalState.ACCEPTED and row.session_id == topic.session_id
            if stands_there and row.words == words:
                return row
            if not stands_there:
                give_back(row)
            _decide(row, ProposalState.ACCEPTED, words, by)
            if topic.session is not None and not stands_there:
                _fill(row, topic.session)
            row.save()
            _tell(row)
            return row
    except IntegrityError as error:
        raise Taken from error


def put_off(proposal: Proposal, state: ProposalState, *, words: str, by: User) -> Proposal:
    """Onto the waiting list, declined, or as if nothing were decided yet. Raises Gone."""
    with transaction.atomic():
        row = _fresh(proposal)
        if (row.state, row.words) == (state, words):
            return row
        give_back(row)
        _decide(row, state, words, by)
        row.save()
        if row.is_decided:
            _tell(row)
        return row


def withdraw(proposal: Proposal) -> None:
    """By the person who proposed. Raises Gone where it is withdrawn already."""
    with transaction.atomic():
        row = _fresh(proposal)
        if row.state == ProposalState.ACCEPTED:
            TalkOff.objects.create(call=row.call, session=row.session, proposal=row, why=WhyOff.WITHDRAWN)
        give_back(row)
        row.state = ProposalState.WITHDRAWN
        row.save()


def note_told(proposal: Proposal) -> None:
    """Staff handed the letter on."""
    Proposal.objects.filter(pk=proposal.pk, told_at=None).update(told_at=clock.now())


def answer(speaker: ProposalSpeaker, *, comes: bool) -> None:
    """A speaker says by their own link whether they come. The last word counts. The session is confirmed with the
    last of its speakers, and no longer when one of them says no.
    """
    with transaction.atomic():
        speaker.answer = SpeakerAnswer.YES if comes else SpeakerAnswer.NO
        speaker.answered_at = clock.now()
        speaker.save(update_fields=["answer", "answered_at"])
        _note_no(speaker.proposal)
        if speaker.appearance is None:
            return
        one = speaker.appearance
        one.state = AppearanceState.CONFIRMED if comes else AppearanceState.DECLINED
        one.confirmed_by, one.confirmed_on = (speaker.name[:120], clock.today()) if comes else ("", None)
        one.save()
        before, after = SessionState.TO_BE_CONFIRMED, SessionState.CONFIRMED
        if not comes:
            before, after = after, before
        states = set(one.session.appearances.values_list("state", flat=True))
        if not comes or states == {AppearanceState.CONFIRMED}:
            Session.objects.filter(pk=one.session_id, state=before).update(state=after)


def note_erased(proposal: Proposal) -> None:
    """Before its row is gone: staff need to know that the talk is."""
    if proposal.state == ProposalState.ACCEPTED:
        TalkOff.objects.create(call=proposal.call, session=proposal.session, why=WhyOff.ERASED)


def _note_no(proposal: Proposal) -> None:
    """One line for a talk, as long as one of its speakers cannot come."""
    known = TalkOff.objects.filter(proposal=proposal, why=WhyOff.NO)
    if not proposal.speakers.filter(answer=SpeakerAnswer.NO).exists():
        known.delete()
    elif not known.exists():
        TalkOff.objects.create(call=proposal.call, session=proposal.session, proposal=proposal, why=WhyOff.NO)


def give_back(proposal: Proposal) -> None:
    """The session is as it was before the proposal filled it, but for what staff changed there since."""
    session, before = proposal.session, proposal.before or {}
    for speaker in proposal.speakers.select_related("appearance"):
        if appearance := speaker.appearance:
            person = appearance.speaker
            appearance.delete()
            if person and not person.appearances.exists():
                person.delete()
        ProposalSpeaker.objects.filter(pk=speaker.pk).update(appearance=None, answer="", answered_at=None)
    if session is not None:
        now = _columns(proposal)
        if session.state == SessionState.CONFIRMED:
            now["state"] = SessionState.CONFIRMED
        for name in before:
            if getattr(session, name) == now[name]:
                setattr(session, name, before[name])
        session.save()
    proposal.session, proposal.before = None, None
    if proposal.pk:
        Proposal.objects.filter(pk=proposal.pk).update(session=None, before=None)


def _fresh(proposal: Proposal) -> Proposal:
    row = Proposal.objects.there().select_for_update().filter(pk=proposal.pk).first()
    if row is None:
        raise Gone
    return row


def _decide(row: Proposal, state: ProposalState, words: str, by: User) -> None:
    row.state, row.words, row.told_at = state, words, None
    row.decided_by, row.decided_at = (by, clock.now()) if row.is_decided else (None, None)


def _tell(row: Proposal) -> None:
    if queue.put(row.call.edition, f"proposal.{row.state}", row.pk, email=row.email):
        row.told_at = clock.now()
        row.save(update_fields=["told_at", "updated_at"])


def _columns(proposal: Proposal) -> dict[str, Any]:
    """What a session has while the proposal fills it."""
    return {
        "title_en": proposal.title.en,
        "title_km": proposal.title.km,
        "description_en": proposal.summary.en,
        "description_km": proposal.summary.km,
        "spoken_languages": proposal.spoken,
        "open_call": False,
        "state": SessionState.TO_BE_CONFIRMED,
    }


def _fill(row: Proposal, session: Session) -> None:
    row.before = {name: getattr(session, name) for name in FILLED}
    for name, value in _columns(row).items():
        setattr(session, name, value)
    session.save()
    TalkOff.objects.filter(session=session).delete()
    row.session = session
    row.save(update_fields=["session", "before"])  # here it fails where another proposal fills the session
    for speaker in row.speakers.all():
        organisation = _organisation(speaker.organisation)
        person = Speaker.objects.create(name_en=speaker.name_latin, name_km=speaker.name_km, organisation=organisation)
        # An organisation that the site does not know is printed behind the name.
        others = "" if organisation else speaker.organisation
        speaker.appearance = Appearance.objects.create(
            session=session,
            role=Role.SPEAKER,
            speaker=person,
            label_en=f"{speaker.name_latin}, {others}"[:LONGEST_LABEL] if others and speaker.name_latin else "",
            label_km=f"{speaker.name_km} {others}"[:LONGEST_LABEL] if others and speaker.name_km else "",
            state=AppearanceState.TO_BE_CONFIRMED,
            position=speaker.position,
        )
        speaker.save(update_fields=["appearance"])


def _organisation(name: str) -> Organisation | None:
    """The one that is called so in either language, in full or in short."""
    columns = ("name_en", "name_km", "short_name_en", "short_name_km")
    called = [Q(**{f"{column}__iexact": name}) for column in columns]
    return Organisation.objects.filter(reduce(or_, called)).order_by("pk").first() if name else None
