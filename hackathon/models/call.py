"""The hackathon of an edition: its call, its themes and data sets, and its moments."""

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from conference import clock
from conference.fields import SiteMomentField
from conference.language.translated import Bilingual, in_either_language, line, prose
from conference.models import Edition
from hackathon.choices import Moment


class HackathonQuerySet(models.QuerySet["Hackathon"]):
    def published(self, edition: Edition) -> "Hackathon | None":
        """What visitors see of an edition's hackathon, or None. Staff who look at the draft see it before."""
        found = self.filter(edition=edition.pk).select_related("edition")
        return (found if edition.previews_draft else found.filter(is_published=True)).first()

    def of(self, edition: Edition) -> "Hackathon | None":
        return self.filter(edition=edition.pk).select_related("edition").first()


class Hackathon(Bilingual):
    """The hackathon of an edition. Its row is also the lock that makes changes of teams queue (hackathon.lock)."""

    edition = models.OneToOneField(Edition, models.CASCADE, related_name="hackathon", verbose_name=_("edition"))
    is_published = models.BooleanField(
        _("the call is public"), default=False, help_text=_("Visitors see the page, and participants can make teams.")
    )
    about = prose(_("what it is about"), help_text=_("A blank line parts paragraphs."))
    rules = prose(_("rules"), help_text=_("What may be used, who owns the work, how people treat each other."))
    awards = prose(_("awards"), help_text=_("What the best teams get, and how they are helped to go on."))
    smallest_team = models.PositiveSmallIntegerField(
        _("people in a team, at least"),
        default=2,
        validators=[MinValueValidator(1)],
        help_text=_("Smaller teams may take part: staff are told of them, to offer help."),
    )
    largest_team = models.PositiveSmallIntegerField(
        _("people in a team, at most"), default=5, validators=[MinValueValidator(1)]
    )
    opens_at = models.DateTimeField(
        _("teams are made from"), null=True, blank=True, help_text=_("Empty: as soon as the call is public.")
    )
    teams_closed_at = models.DateTimeField(
        _("teams are made until"),
        null=True,
        blank=True,
        help_text=_("Afterwards staff alone put people into teams. Empty: until the deadline."),
    )
    deadline = models.DateTimeField(
        _("projects are sent until"),
        null=True,
        blank=True,
        help_text=_("To the second, by the clock of the server. What a team saved last before it counts."),
    )
    pitch_at = models.DateTimeField(_("the teams present from"), null=True, blank=True)
    pitch_minutes = models.PositiveSmallIntegerField(
        _("minutes to present"), default=5, validators=[MinValueValidator(1)]
    )
    question_minutes = models.PositiveSmallIntegerField(_("minutes for questions of the judges"), default=5)
    projects_shown = models.BooleanField(
        _("the projects are public"),
        default=False,
        help_text=_("After the deadline: every team has a page, but for teams that do not want one."),
    )
    # The order number of the team that is on the stage; null before the first. staged_at: since when its time runs.
    on_stage = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    staged_at = models.DateTimeField(null=True, blank=True, editable=False)
    turn = models.PositiveBigIntegerField(default=0, editable=False)  # written first in every change: the lock

    objects = HackathonQuerySet.as_manager()

    class Meta:
        verbose_name = _("hackathon")
        verbose_name_plural = _("hackathons")
        ordering = ["-edition__year"]
        constraints = [
            models.CheckConstraint(
                name="hackathon_team_sizes_in_order",
                condition=Q(largest_team__gte=F("smallest_team")),
                violation_error_message=_("The largest team must not be smaller than the smallest."),
            ),
            models.CheckConstraint(
                name="hackathon_moments_in_order",
                condition=(Q(opens_at=None) | Q(teams_closed_at=None) | Q(teams_closed_at__gt=F("opens_at")))
                & (Q(teams_closed_at=None) | Q(deadline=None) | Q(deadline__gte=F("teams_closed_at")))
                & (Q(opens_at=None) | Q(deadline=None) | Q(deadline__gt=F("opens_at")))
                & (Q(deadline=None) | Q(pitch_at=None) | Q(pitch_at__gte=F("deadline"))),
                violation_error_message=_(
                    "The moments must follow one another: teams are made, teams are complete, the deadline, the "
                    "presentations."
                ),
            ),
        ]
        permissions = [
            ("run_hackathon", _("Can draw the order, run the clock of the hall and show the projects")),
        ]

    def __str__(self) -> str:
        return str(self.edition)

    @property
    def moment(self) -> Moment:
        now = clock.now()
        if self.deadline and now >= self.deadline:
            return Moment.OVER
        if self.opens_at and now < self.opens_at:
            return Moment.BEFORE
        return Moment.WORK if self.teams_closed_at and now >= self.teams_closed_at else Moment.TEAMS

    @property
    def takes_teams(self) -> bool:
        """Participants make teams themselves."""
        return self.is_published and self.moment == Moment.TEAMS and not self.edition.is_over

    @property
    def is_past_deadline(self) -> bool:
        return self.moment == Moment.OVER


class Theme(Bilingual):
    hackathon = models.ForeignKey(Hackathon, models.CASCADE, related_name="themes", verbose_name=_("hackathon"))
    title = line(_("title"))
    text = prose(_("description"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("theme of the hackathon")
        verbose_name_plural = _("themes of the hackathon")
        ordering = ["position", "pk"]
        constraints = [in_either_language("title")]

    def __str__(self) -> str:
        return str(self.title)


class DataSet(Bilingual):
    hackathon = models.ForeignKey(Hackathon, models.CASCADE, related_name="data_sets", verbose_name=_("hackathon"))
    title = line(_("title"))
    url = models.URLField(_("address"), max_length=500)
    licence = line(_("licence"), max_length=100, help_text=_("Such as CC BY 4.0. Empty: pages say it is not known."))
    licence_url = models.URLField(_("address of the licence"), blank=True)
    note = prose(_("what is in it"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("data set of the hackathon")
        verbose_name_plural = _("data sets of the hackathon")
        ordering = ["position", "pk"]
        constraints = [in_either_language("title")]

    def __str__(self) -> str:
        return str(self.title)


class PitchDraw(models.Model):
    """One drawing of the order. All of them stay, so that a second one cannot be hidden."""

    hackathon = models.ForeignKey(Hackathon, models.CASCADE, related_name="draws", verbose_name=_("hackathon"))
    seed = models.CharField(_("words it was drawn from"), max_length=100)
    reason = models.CharField(_("why it was drawn again"), max_length=200, blank=True)
    drawn_at = SiteMomentField(_("drawn"), auto_now_add=True)
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, verbose_name=_("drawn by")
    )

    class Meta:
        verbose_name = _("drawing of the order")
        verbose_name_plural = _("drawings of the order")
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.seed
