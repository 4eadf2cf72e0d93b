"""What was counted and may be passed on."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from conference.models import Edition


class FiguresColumn(models.Model):
    """One column of a table of figures, as it was last taken: ranges, never the true numbers of the rows.

    All readers see the same ones, and the next one is compared with it (figures.columns).
    """

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="figures_columns", verbose_name=_("edition"))
    question = models.CharField(max_length=20)
    measure = models.CharField(max_length=20)
    # The numbers that are shown: when they were taken, of how many people in all, exactly, and for each answer the
    # lower end of its range. None where nothing is shown yet.
    taken_at = models.DateTimeField(null=True)
    people = models.PositiveIntegerField()
    lowest = models.JSONField(null=True)
    tried_with = models.PositiveIntegerField()  # people in all when it was last looked at

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint("edition", "question", "measure", name="a_column_of_figures_is_kept_once")
        ]

    def __str__(self) -> str:
        return f"{self.edition}: {self.question}, {self.measure}"
