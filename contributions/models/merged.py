"""What a person gave under a registration that was merged into another one of the same person."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from contributions.models.floors import Sender
from contributions.models.proposals import Proposal
from registration.models import Registration


class UnderAnother(models.Model):
    """Proposals and inputs know their writers by name and contact alone. The contact of a registration that is merged
    may be gone, so that nothing would lead from the person to them any more. The row goes over when the person is
    merged once more, and goes with either side.
    """

    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="under_another", verbose_name=_("registration")
    )
    proposal = models.ForeignKey(Proposal, models.CASCADE, null=True, related_name="+", verbose_name=_("proposal"))
    sender = models.ForeignKey(Sender, models.CASCADE, null=True, related_name="+")

    class Meta:
        verbose_name = _("contribution under a merged registration")
        verbose_name_plural = _("contributions under merged registrations")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="under_another_is_of_one_thing",
                condition=Q(proposal__isnull=False, sender=None) | Q(proposal=None, sender__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return str(self.registration)
