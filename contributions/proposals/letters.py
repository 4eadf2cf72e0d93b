"""What proposers are told, in their language: by e-mail, or as a text that staff hand on by Telegram or on paper."""

from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from contributions import links
from contributions.choices import ProposalState
from contributions.models import Proposal
from contributions.telling.queue import Letter

SUBJECTS = {
    ProposalState.RECEIVED: _("We have your proposal"),
    ProposalState.ACCEPTED: _("Your proposal is accepted"),
    ProposalState.WAITING: _("Your proposal is on our waiting list"),
    ProposalState.DECLINED: _("We cannot take your proposal this time"),
}
KIND = "proposal."


def address_of(proposal: Proposal) -> str:
    """The link of the person who proposed."""
    return links.address("proposal", "proposal", proposal, proposal.language)


def words(proposal: Proposal) -> tuple[str, str]:
    """Subject and text about how the proposal stands now."""
    state, edition = ProposalState(proposal.state), proposal.call.edition
    with override(proposal.language):
        context = {
            "proposal": proposal,
            "edition": edition,
            "name": next(
                (one.name_km if proposal.language == "km" and one.name_km else one.name_latin or one.name_km)
                for one in proposal.speakers.all()
            ),
            "link": address_of(proposal),
            "speakers": list(proposal.speakers.all()),
        }
        text = render_to_string(f"contributions/letters/{state.value}.txt", context)
        return f"{SUBJECTS[state]} – {edition.title}", text.strip() + "\n"


def write(kind: str, key: int) -> Letter | None:
    """For the queue: None where the proposal stands elsewhere by now, or is gone."""
    proposal = Proposal.objects.there().select_related("call__edition").filter(pk=key).first()
    if proposal is None or not proposal.email or kind != f"{KIND}{proposal.state}":
        return None
    subject, text = words(proposal)
    return Letter(proposal.email, subject, text)
