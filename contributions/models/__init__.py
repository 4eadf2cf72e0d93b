"""What people bring, and what becomes of it: a module for each capability."""

from contributions.models.calls import Call, CallTopic, Criterion
from contributions.models.feedback import CommentState, Feedback, FeedbackRound, Followed, Useful
from contributions.models.materials import MaterialLink, MaterialSent, SentState
from contributions.models.proposals import Proposal, ProposalNeeds, ProposalSpeaker
from contributions.models.resources import Resource
from contributions.models.reviews import Review, Reviewer
from contributions.models.told import Told

__all__ = [
    "Call",
    "CallTopic",
    "CommentState",
    "Criterion",
    "Feedback",
    "FeedbackRound",
    "Followed",
    "MaterialLink",
    "MaterialSent",
    "Proposal",
    "ProposalNeeds",
    "ProposalSpeaker",
    "Resource",
    "Review",
    "Reviewer",
    "SentState",
    "Told",
    "Useful",
]
