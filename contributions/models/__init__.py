"""What people bring, and what becomes of it: a module for each capability."""

from contributions.models.calls import Call, CallTopic, Criterion
from contributions.models.proposals import Proposal, ProposalNeeds, ProposalSpeaker
from contributions.models.reviews import Review, Reviewer
from contributions.models.told import Told

__all__ = [
    "Call",
    "CallTopic",
    "Criterion",
    "Proposal",
    "ProposalNeeds",
    "ProposalSpeaker",
    "Review",
    "Reviewer",
    "Told",
]
