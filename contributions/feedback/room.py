"""What feedback gives to the pages and rules of the apps below."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from agenda.publishing import versions
from conference.models import Edition
from conference.rooms_above import Asked, Block, Erased, Link, RoomAbove, Waiting
from contributions.feedback.rules import round_of, subject
from contributions.models import CommentState, Feedback, FeedbackRound

EDITORS = "Programme editors – អ្នកកែសម្រួលកម្មវិធី"


def _of_session(edition: Edition, code: str) -> list[Block]:
    asked = round_of(edition)
    if asked is None or not asked.is_open:
        return []
    about = subject(edition, versions.published(edition), code)
    if about is None or not about.has_begun:
        return []
    address = reverse("contributions:session_feedback", args=[edition.year, code])
    return [Block("contributions/_feedback_link.html", {"feedback_address": address})]


def _of_conference(edition: Edition) -> list[Link]:
    """In the menu while it is asked for, and afterwards the way to what was said."""
    asked = round_of(edition)
    if asked is None or not (asked.is_open or asked.is_over):
        return []
    text = _("What participants said") if asked.is_over else _("Feedback")
    return [Link(str(text), reverse("contributions:feedback", args=[edition.year]))]


def _forget_comments(rows: QuerySet[Any]) -> object:
    """The numbers stay."""
    return rows.update(good=None, better=None, comment_state=CommentState.NONE)


FEEDBACK = RoomAbove(
    asked=(
        Asked(
            _("Feedback"),
            (
                _("Without a name. What you tick is counted and stays as numbers."),
                _("Staff read what you write in your own words, and may show it, without a name."),
            ),
        ),
    ),
    has=lambda edition: FeedbackRound.objects.filter(edition=edition),
    menu=_of_conference,
    session=_of_session,
    waiting=(
        Waiting(
            "feedback_unread",
            "contributions.change_feedback",
            lambda: Feedback.objects.filter(comment_state=CommentState.UNREAD),
            ngettext_lazy("%(number)s comment to read", "%(number)s comments to read", "count"),
            "contributions_feedback_changelist",
            f"&comment_state__exact={CommentState.UNREAD}",
        ),
    ),
    log_words={"feedback": _("feedback")},
    shelf=_("Contributions"),
    tables="FeedbackRound Feedback",
    groups={
        EDITORS: {
            "contributions.feedbackround": ("view", "add", "change", "delete"),
            "contributions.feedback": ("view", "change", "delete"),
        }
    },
    guide={"admin:contributions_feedback": "feedback"},
    erased=(
        Erased(
            "comments in feedback",
            lambda edition: Feedback.objects.with_words().filter(edition=edition),
            _forget_comments,
        ),
    ),
    of_other_editions=lambda edition: [Feedback.objects.exclude(edition=edition)],
)
