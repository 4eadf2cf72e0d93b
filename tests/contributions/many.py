"""As many proposals, inputs and forms of feedback as one likes, written straight into the tables."""

import uuid
from itertools import cycle, islice

from agenda.publishing import versions
from contributions import links
from contributions.floor.drafts import keep_draft
from contributions.floor.links import link_address, voice_address
from contributions.models import (
    CommentState,
    Feedback,
    FeedbackRound,
    FloorLink,
    LinkKind,
    Note,
    Piece,
    Proposal,
    ProposalNeeds,
    ProposalSpeaker,
    Review,
    Sender,
    Statement,
    TalkOff,
    Voice,
    VoiceState,
)
from contributions.outcomes import publishing
from tests.contributions.samples import make_call, make_proposal, make_reviewer
from tests.contributions.voices import make_floor
from tests.factories import make_day, make_session

STATES = [VoiceState.SHOWN] * 7 + [VoiceState.WAITING, VoiceState.HIDDEN, VoiceState.SHOWN]
ARTICLES, GROUPS = 20, 20
TEXT = "Sample input: the budget of each commune should be open, in Khmer, and as a table. "


class Many:
    """An edition with one of each; `grow` adds more of all."""

    def __init__(self, edition):
        self.edition = edition
        session = make_session(make_day(edition), title_en="Sample session")
        versions.publish(edition, by=None)
        self.call = make_call(edition, session=session)
        self.reviewers = [make_reviewer(self.call, f"SAMPLE Reviewer {number}") for number in range(3)]
        self.first = make_proposal(self.call)
        self.floor = make_floor(edition)
        english = "\n\n".join(f"Article {number}. Sample\nText." for number in range(1, ARTICLES + 1))
        keep_draft(self.floor, english, "")
        self.pieces = list(Piece.objects.filter(floor=self.floor))
        self.facilitator = FloorLink.objects.create(floor=self.floor, kind=LinkKind.FACILITATOR)
        FeedbackRound.objects.create(edition=edition, until=edition.ends_on)
        self.grow(proposals=4, inputs=40)
        publishing.publish(edition, None, publishing.waiting(edition).mark)

    def grow(self, *, proposals, inputs):
        self._propose(proposals)
        voices = self._write(inputs)
        self._gather(voices)
        rows = [
            Feedback(edition=self.edition, form_token=uuid.uuid4(), useful="very", good=good, comment_state=state)
            for good, state in islice(cycle([("Good", CommentState.SHOWN), (None, CommentState.NONE)]), inputs // 10)
        ]
        Feedback.objects.bulk_create(rows)

    def _propose(self, number):
        state = cycle(["received", "received", "accepted", "declined"])
        columns = {"title_en": "Sample talk", "summary_en": TEXT * 8, "spoken": ["en"], "language": "en"}
        rows = Proposal.objects.bulk_create(
            Proposal(call=self.call, state=next(state), email="sample@example.org", **columns)
            for _one in range(number)
        )
        ProposalSpeaker.objects.bulk_create(ProposalSpeaker(proposal=row, name_latin="SAMPLE Speaker") for row in rows)
        topic, through = self.call.topics.get(), Proposal.topics.through
        through.objects.bulk_create(through(proposal=row, calltopic=topic) for row in rows)
        scores = {str(one.pk): 3 for one in self.call.criteria.all()}
        Review.objects.bulk_create(
            Review(proposal=row, reviewer=reviewer, scores=scores, comment="Sample")
            for row in rows
            for reviewer in self.reviewers
        )
        ProposalNeeds.objects.bulk_create(ProposalNeeds(proposal=row, gender="woman") for row in rows[::2])
        TalkOff.objects.bulk_create(TalkOff(call=self.call, proposal=row, why="no") for row in rows[::10])

    def _write(self, number):
        pieces, states = cycle([None, *self.pieces]), cycle(STATES)
        rows = Voice.objects.bulk_create(
            Voice(floor=self.floor, piece=next(pieces), text=TEXT, state=next(states), likes=at % 9)
            for at in range(number)
        )
        for first, same in zip(rows[::10], rows[5::10], strict=False):
            same.merged_into = first
        Voice.objects.bulk_update(rows[5::10], ["merged_into"], batch_size=500)
        Sender.objects.bulk_create(
            Sender(voice=row, name="Sample Person", contact="012 000 111", language="km") for row in rows[::10]
        )
        return rows

    def _gather(self, voices):
        tables = FloorLink.objects.bulk_create(
            FloorLink(floor=self.floor, kind=LinkKind.NOTE_TAKER, label=f"Table {at}")
            for at in range(min(GROUPS, len(voices) // 40))
        )
        notes = Note.objects.bulk_create(Note(link=link, said=TEXT, agreed=TEXT) for link in tables)
        there = Statement.objects.filter(edition=self.edition).count()
        statements = Statement.objects.bulk_create(
            Statement(edition=self.edition, number=there + at + 1, floor=self.floor, text_en=TEXT, text_km="គំរូ")
            for at in range(len(voices) // 40)
        )
        through = Statement.voices.through
        through.objects.bulk_create(
            through(statement=one, voice=voice)
            for at, one in enumerate(statements)
            for voice in voices[at * 40 : at * 40 + 30]
        )
        beside = Statement.notes.through
        beside.objects.bulk_create(
            beside(statement=one, note=note) for one, note in zip(statements, notes, strict=False)
        )


def pages(many):
    """Address, and what is sent: None for a page that is only read. By a name."""
    year, call, floor, admin = many.edition.year, many.call, many.floor, "/admin/contributions"
    review = f"/en/review/{links.token_for('reviewer', many.reviewers[0])}/"
    with_writer = Voice.objects.filter(sender__isnull=False).first()
    statement, note = Statement.objects.first(), Note.objects.first()
    ticked = {"action": "gather", "_selected_action": [str(with_writer.pk)]}
    every = ",".join(str(pk) for pk in Voice.objects.values_list("pk", flat=True)[:100])
    return {
        "calls": f"/en/{year}/calls/",
        "call": f"/en/{year}/calls/{call.pk}/",
        "floors": f"/en/{year}/voices/",
        "floor": f"/en/{year}/voices/{floor.code}/",
        "floor, last page": f"/en/{year}/voices/{floor.code}/?page=99",
        "article": f"/en/{year}/voices/{floor.code}/?about=1",
        "screen": f"/en/{year}/voices/{floor.code}/screen/",
        "what I wrote": f"{voice_address(with_writer)}",
        "facilitator": link_address(many.facilitator),
        "outcomes": f"/en/{year}/outcomes/",
        "outcomes as open data": f"/en/{year}/outcomes.json",
        "outcomes as CSV": f"/en/{year}/outcomes.csv",
        "outcomes for Word": f"/en/{year}/outcomes.docx",
        "outcomes as PDF": f"/en/{year}/outcomes.pdf",
        "home": f"/en/{year}/",
        "staff: home": "/admin/",
        "staff: proposals": f"{admin}/proposal/?edition=all",
        "staff: proposal": f"{admin}/proposal/{many.first.pk}/change/",
        "staff: proposals as CSV": f"{admin}/proposal/all.csv?edition={year}",
        "staff: proposals for Excel": f"{admin}/proposal/all.xlsx?edition={year}",
        "staff: figures": f"{admin}/proposal/figures/?edition={year}",
        "staff: calls": f"{admin}/call/?edition=all",
        "staff: look at a call": f"{admin}/call/{call.pk}/look/",
        "staff: reviewers": f"{admin}/call/{call.pk}/reviewers/",
        "staff: needs": f"{admin}/proposalneeds/?edition=all",
        "staff: talks that fell away": f"{admin}/talkoff/?edition=all",
        "staff: floors": f"{admin}/floor/?edition=all",
        "staff: floor": f"{admin}/floor/{floor.pk}/change/",
        "staff: draft text": f"{admin}/floor/{floor.pk}/draft/",
        "staff: addresses": f"{admin}/floor/{floor.pk}/hand-out/",
        "staff: inputs": f"{admin}/voice/?edition=all",
        "staff: inputs, searched": f"{admin}/voice/?edition=all&q=commune",
        "staff: input": f"{admin}/voice/{with_writer.pk}/change/",
        "staff: gather": (f"{admin}/voice/?edition=all", ticked),
        "staff: gather, sent empty": (f"{admin}/statement/gather/", {"voice": every}),
        "staff: notes": f"{admin}/note/?edition=all",
        "staff: note": f"{admin}/note/{note.pk}/change/",
        "staff: statements": f"{admin}/statement/?edition=all",
        "staff: statement": f"{admin}/statement/{statement.pk}/change/",
        "staff: outcomes": f"{admin}/statement/outcomes/?edition={year}",
        "staff: outcomes for Word": f"{admin}/statement/outcomes/draft-km.docx?edition={year}",
        "staff: outcomes as PDF": f"{admin}/statement/outcomes/draft-km.pdf?edition={year}",
        "staff: tell": f"{admin}/statement/tell/?edition={year}",
        "staff: feedback": f"{admin}/feedback/?edition=all",
        "staff: feedback in numbers": f"{admin}/feedback/results/?edition={year}",
        "staff: feedback, sheet": f"{admin}/feedback/sheet/?edition={year}",
        "reviews": review,
        "review": f"{review}{many.first.code}/",
    }
