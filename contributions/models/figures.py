"""What was counted of proposals and may be passed on: ranges, never the true numbers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from conference.models import Edition


class ProposalFigures(models.Model):
    """One column of a table, as it was last taken (as registration.models.FiguresColumn)."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="+", verbose_name=_("edition"))
    question = models.CharField(max_length=20)
    measure = models.CharField(max_length=20)
    taken_at = models.DateTimeField(null=True)
    people = models.PositiveIntegerField()
    lowest = models.JSONField(null=True)  # for each answer the lower end of its range; None: nothing is shown yet
    tried_with = models.PositiveIntegerField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint("edition", "question", "measure", name="a_column_of_proposal_figures_is_kept_once")
        ]

    def __str__(self) -> str:
        return f"{self.edition}: {self.question}, {self.measure}"
