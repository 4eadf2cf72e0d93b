"""Who reviews a call, and what they say. A reviewer has no account, but a link of their own."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from conference.fields import SiteMomentField
from contributions.models.calls import Call
from contributions.models.proposals import Proposal
from registration.models.codes import new_code


class Reviewer(models.Model):
    call = models.ForeignKey(Call, models.CASCADE, related_name="reviewers", verbose_name=_("call for speakers"))
    name = models.CharField(_("name"), max_length=120)
    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)
    link_version = models.PositiveSmallIntegerField(default=0, editable=False)
    is_active = models.BooleanField(_("may review"), default=True)

    class Meta:
        verbose_name = _("reviewer")
        verbose_name_plural = _("reviewers")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class Review(models.Model):
    """What one reviewer says of one proposal; or that they stand too near to it, and then they say nothing."""

    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="reviews", verbose_name=_("proposal"))
    reviewer = models.ForeignKey(Reviewer, models.CASCADE, related_name="reviews", verbose_name=_("reviewer"))
    has_conflict = models.BooleanField(_("conflict of interest"), default=False)
    scores = models.JSONField(default=dict)  # key of a criterion, as text -> 1 to 5
    comment = models.TextField(_("comment"), blank=True)
    saved_at = SiteMomentField(_("saved"), auto_now=True)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["reviewer__name", "pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint("proposal", "reviewer", name="a_reviewer_reviews_a_proposal_once"),
            models.CheckConstraint(
                name="a_conflict_has_no_scores", condition=models.Q(has_conflict=False) | models.Q(scores={})
            ),
        ]

    def __str__(self) -> str:
        return str(self.proposal)
