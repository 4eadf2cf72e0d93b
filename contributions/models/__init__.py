"""What people bring, and what becomes of it: a module for each capability."""

from contributions.models.calls import Call, CallTopic, Criterion
from contributions.models.feedback import CommentState, Feedback, FeedbackRound, Followed, Useful
from contributions.models.figures import ProposalFigures
from contributions.models.floors import (
    LONGEST_NOTE,
    LONGEST_VOICE,
    Floor,
    FloorLink,
    Handled,
    Like,
    LinkKind,
    Moderation,
    Note,
    Piece,
    Sender,
    Takes,
    Voice,
    VoiceQuerySet,
    VoiceState,
    floors_with_numbers,
)
from contributions.models.materials import MaterialLink, MaterialSent, SentState
from contributions.models.merged import UnderAnother
from contributions.models.outcomes import Became, OutcomeVersion, Statement
from contributions.models.proposals import Proposal, ProposalNeeds, ProposalSpeaker
from contributions.models.resources import Resource
from contributions.models.reviews import Review, Reviewer
from contributions.models.talks_off import TalkOff, WhyOff
from contributions.models.told import Told

__all__ = [
    "LONGEST_NOTE",
    "LONGEST_VOICE",
    "Became",
    "Call",
    "CallTopic",
    "CommentState",
    "Criterion",
    "Feedback",
    "FeedbackRound",
    "Floor",
    "FloorLink",
    "Followed",
    "Handled",
    "Like",
    "LinkKind",
    "MaterialLink",
    "MaterialSent",
    "Moderation",
    "Note",
    "OutcomeVersion",
    "Piece",
    "Proposal",
    "ProposalFigures",
    "ProposalNeeds",
    "ProposalSpeaker",
    "Resource",
    "Review",
    "Reviewer",
    "Sender",
    "SentState",
    "Statement",
    "Takes",
    "TalkOff",
    "Told",
    "UnderAnother",
    "Useful",
    "Voice",
    "VoiceQuerySet",
    "VoiceState",
    "WhyOff",
    "floors_with_numbers",
]
