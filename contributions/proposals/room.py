"""What the calls for speakers give to the pages and rules of the apps below."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from conference.asking import asked_once
from conference.models import Edition
from conference.rooms_above import Asked, Block, Link, RoomAbove, Waiting
from contributions.choices import ProposalState
from contributions.models import Call, Proposal, TalkOff
from contributions.models.proposals import FOLDER
from contributions.proposals import erasing, letters
from contributions.proposals.publishing import PublishedCall, published
from contributions.telling import queue

EDITORS = "Programme editors – អ្នកកែសម្រួលកម្មវិធី"
INCLUSION = "Inclusion officers – មន្ត្រីបរិយាបន្ន"
EVERYTHING = ("view", "add", "change", "delete")


def _copied(old: Edition, new: Edition) -> None:
    """A call comes along as a draft, with its texts and criteria; its topics and dates are those of the old year."""
    for call in Call.objects.filter(edition=old):
        criteria = list(call.criteria.all())
        call.pk, call.edition, call.opens_at, call.closes_at = None, new, None, None
        call.published = call.published_at = None
        call.save(force_insert=True)
        for one in criteria:
            one.pk, one.call = None, call
            one.save(force_insert=True)


def _files_in_use() -> set[str]:
    return set(Proposal.objects.exclude(file="").values_list("file", flat=True))


def _tend() -> None:
    for told in queue.send_due({letters.KIND: letters.write}):
        Proposal.objects.filter(pk=told.key, told_at__isnull=False).update(told_at=None)  # staff hand it on


def _open(edition: Edition) -> list[PublishedCall]:
    return asked_once(edition, "open_calls", lambda: [call for call in published(edition) if call.is_open])


def _menu(edition: Edition) -> list[Link]:
    if not _open(edition):
        return []
    return [Link(gettext("Calls for speakers"), reverse("contributions:calls", args=[edition.year]))]


def _home(edition: Edition) -> list[Block]:
    calls = _open(edition)
    return [Block("contributions/_home_calls.html", {"calls": calls})] if calls else []


def _session(edition: Edition, code: str) -> list[Block]:
    calls = [call for call in _open(edition) if any(code in one.codes for one in call.topics)]
    return [Block("contributions/_session_calls.html", {"calls": calls})] if calls else []


def _further(request: HttpRequest, edition: Edition | None) -> list[Link]:
    if edition is None or not request.user.has_perm("registration.view_figures"):
        return []
    address = f"{reverse('admin:contributions_proposal_figures')}?edition={edition.year}"
    return [Link(gettext("Figures of the proposals"), address)]


PROPOSALS = RoomAbove(
    further=_further,
    has=lambda edition: Call.objects.filter(edition=edition),
    menu=_menu,
    home=_home,
    session=_session,
    waiting=(
        Waiting(
            "proposals_to_decide",
            "contributions.change_proposal",
            Proposal.objects.to_decide,
            ngettext_lazy("%(number)s proposal to decide on", "%(number)s proposals to decide on", "count"),
            "contributions_proposal_changelist",
            f"&state__exact={ProposalState.RECEIVED}",
        ),
        Waiting(
            "proposals_to_tell",
            "contributions.change_proposal",
            Proposal.objects.to_tell,
            ngettext_lazy(
                "%(number)s proposer who does not know the decision yet",
                "%(number)s proposers who do not know the decision yet",
                "count",
            ),
            "contributions_proposal_changelist",
            "&told=no",
            is_urgent=True,
        ),
        Waiting(
            "talks_off",
            "contributions.delete_talkoff",
            TalkOff.objects.all,
            ngettext_lazy(
                "%(number)s talk fell away after you accepted it",
                "%(number)s talks fell away after you accepted them",
                "count",
            ),
            "contributions_talkoff_changelist",
            is_urgent=True,
        ),
    ),
    log_words={
        "proposalneeds": _("needs of a proposer"),
        "proposals": _("proposals"),
        "proposal": _("proposal"),
        "reviewer": _("reviewer"),
    },
    shelf=_("Contributions"),
    tables="Call Proposal TalkOff Reviewer ProposalNeeds",
    groups={
        EDITORS: {
            "contributions.call": EVERYTHING,
            "contributions.calltopic": EVERYTHING,
            "contributions.criterion": EVERYTHING,
            "contributions.reviewer": EVERYTHING,
            "contributions.proposal": ("view", "change"),
            "contributions.review": ("view",),
            "contributions.talkoff": ("view", "delete"),
        },
        INCLUSION: {"contributions.proposalneeds": ("view", "delete")},
    },
    guide={
        "admin:contributions_call": "calls",
        "admin:contributions_proposal": "calls",
        "admin:contributions_reviewer": "calls",
        "admin:contributions_talkoff": "calls",
    },
    folders={FOLDER: _files_in_use},
    erased=erasing.ERASED,
    of_other_editions=erasing.of_other_editions,
    forget=erasing.forget,
    merged=erasing.merged,
    asked=(
        Asked(
            _("A proposal for the programme"),
            (
                _("Title, summary, speakers and how to reach you: so that reviewers choose, and we can answer you."),
                _("Reviewers and staff read it. Where the call says so, reviewers see no names."),
                _("Only the people who arrange access read what you need; it is kept encrypted."),
                _("What is accepted stands in the programme, with the speakers."),
            ),
        ),
    ),
    own_data=erasing.kept_of,
    copied=_copied,
    tend=_tend,
)
