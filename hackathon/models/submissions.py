"""What a team hands in: one row a team, which is written over until the deadline and stands from then on."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from conference.language.translated import Bilingual, in_either_language, line, prose
from hackathon.models.call import Theme
from hackathon.models.teams import Team


class Submission(Bilingual):
    """A project. Only hackathon.submitting writes it, and never after the deadline."""

    team = models.OneToOneField(Team, models.CASCADE, related_name="submission", verbose_name=_("team"))
    theme = models.ForeignKey(
        Theme, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("theme of the hackathon")
    )
    title = line(_("title of the project"), max_length=120)
    summary = prose(_("what it does, and for whom"))
    repository = models.URLField(_("where the code or the files are"), max_length=500, blank=True)
    slides = models.URLField(_("where the slides are"), max_length=500, blank=True)
    demo = models.URLField(_("where it can be tried"), max_length=500, blank=True)
    data_used = prose(_("data that was used"))
    licence = models.CharField(_("licence of the work"), max_length=100, blank=True)
    # Raised each time it is saved: two people of a team who write at once do not write over each other unseen.
    version = models.PositiveIntegerField(default=1, editable=False)
    saved_at = models.DateTimeField(_("saved"), editable=False)

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ["team__number"]
        constraints = [in_either_language("title")]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return str(self.title)
