"""The fixed words of this app. A leaf: imports nothing of ours."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ProposalState(TextChoices):
    RECEIVED = "received", pgettext_lazy("proposal", "received")
    ACCEPTED = "accepted", pgettext_lazy("proposal", "accepted")
    WAITING = "waiting", pgettext_lazy("proposal", "on the waiting list")
    DECLINED = "declined", pgettext_lazy("proposal", "declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("proposal", "withdrawn")


# What staff have decided, and what the proposer is told.
DECIDED = (ProposalState.ACCEPTED, ProposalState.WAITING, ProposalState.DECLINED)


class SpeakerAnswer(TextChoices):
    WAITING = "", pgettext_lazy("speaker", "has not answered yet")
    YES = "yes", pgettext_lazy("speaker", "comes")
    NO = "no", pgettext_lazy("speaker", "cannot come")


class ToldState(TextChoices):
    QUEUED = "queued", _("to be sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("could not be sent")
