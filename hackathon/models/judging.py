"""Judging: by what teams are judged, who judges, what each judge gave, who may not judge whom, and the awards."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from conference import clock
from conference.fields import SiteMomentField
from conference.language.translated import Bilingual, in_either_language, line, prose
from hackathon.choices import Place
from hackathon.models.call import Hackathon
from hackathon.models.submissions import Submission
from hackathon.models.teams import Team


class Criterion(Bilingual):
    hackathon = models.ForeignKey(Hackathon, models.CASCADE, related_name="criteria", verbose_name=_("hackathon"))
    name = line(_("name"), max_length=80)
    words = prose(_("what judges look at"), help_text=_("Judges read it above the marks, and teams on the call."))
    weight = models.PositiveSmallIntegerField(
        _("weight"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("How much it counts beside the others: 2 counts twice as much as 1."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("criterion of the judges")
        verbose_name_plural = _("criteria of the judges")
        ordering = ["position", "pk"]
        constraints = [in_either_language("name")]

    def __str__(self) -> str:
        return str(self.name)


def _number_of(rows: "models.QuerySet[models.Model]", by: str) -> Coalesce:
    return Coalesce(Subquery(rows.order_by().values(by).annotate(number=Count("pk")).values("number")), 0)


class JudgeQuerySet(models.QuerySet["Judge"]):
    def with_missing(self) -> "JudgeQuerySet":
        """Each with how many teams are still to be judged: `missing`. Those that have no project are none of them."""
        projects = Submission.objects.filter(
            team__hackathon=OuterRef("hackathon"), team__is_withdrawn=False, team__hackathon__deadline__lte=clock.now()
        )
        complete = Score.objects.complete().filter(judge=OuterRef("pk"))
        kept_out = Conflict.objects.filter(
            judge=OuterRef("pk"), team__is_withdrawn=False, team__submission__isnull=False
        )
        missing = (
            _number_of(projects, "team__hackathon") - _number_of(complete, "judge") - _number_of(kept_out, "judge")
        )
        return self.annotate(missing=missing)  # type: ignore[no-redef]

    def to_remind(self) -> "JudgeQuerySet":
        """Who has teams left to judge, while the result is not published."""
        return self.filter(hackathon__result__isnull=True).with_missing().filter(missing__gt=0)  # type: ignore[misc]


class Judge(Bilingual):
    """A member of the panel, who opens the page for judging by a link and has no account."""

    hackathon = models.ForeignKey(Hackathon, models.CASCADE, related_name="judges", verbose_name=_("hackathon"))
    name = line(_("name, family name first"), max_length=120)
    link_version = models.PositiveSmallIntegerField(default=1, editable=False)  # raised to revoke the judge's link
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    missing: int  # with_missing

    objects = JudgeQuerySet.as_manager()

    class Meta:
        verbose_name = _("judge")
        verbose_name_plural = _("judges")
        ordering = ["position", "pk"]
        constraints = [in_either_language("name")]

    def __str__(self) -> str:
        return str(self.name)


class ScoreQuerySet(models.QuerySet["Score"]):
    def complete(self) -> "ScoreQuerySet":
        """With a mark for each criterion, of teams that are still judged."""
        return self.filter(
            is_complete=True,
            team__is_withdrawn=False,
            team__submission__isnull=False,
            judge__hackathon=F("team__hackathon"),
        )


class Score(models.Model):
    """What one judge gave one team. Only hackathon.judging.scoring writes it."""

    judge = models.ForeignKey(Judge, models.CASCADE, related_name="scores", verbose_name=_("judge"))
    team = models.ForeignKey(Team, models.CASCADE, related_name="scores", verbose_name=_("team"))
    marks = models.JSONField(_("marks"), default=dict)  # by the key of the criterion: {"3": 5}
    is_complete = models.BooleanField(_("complete"), default=False)
    feedback = models.TextField(_("words for the team"), blank=True)
    given_at = models.DateTimeField(_("given"))  # on the judge's phone, which may have had no line
    arrived_at = SiteMomentField(_("arrived"), auto_now=True)
    typed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("typed in from paper by"),
    )

    objects = ScoreQuerySet.as_manager()

    class Meta:
        verbose_name = _("score of a judge")
        verbose_name_plural = _("scores of the judges")
        ordering = ["judge", "team"]
        default_permissions = ("add", "view")
        constraints = [models.UniqueConstraint("judge", "team", name="one_score_of_a_judge_for_a_team")]

    def __str__(self) -> str:
        return f"{self.judge} – {self.team}"


class ConflictQuerySet(models.QuerySet["Conflict"]):
    def before_result(self) -> "ConflictQuerySet":
        return self.filter(judge__hackathon__result__isnull=True)


class Conflict(models.Model):
    """A judge who may not judge this team: a relation, a colleague, a teacher of one of its people."""

    judge = models.ForeignKey(Judge, models.CASCADE, related_name="conflicts", verbose_name=_("judge"))
    team = models.ForeignKey(Team, models.CASCADE, related_name="conflicts", verbose_name=_("team"))
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    at = SiteMomentField(_("noted"), auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("noted by"),
        help_text=_("Empty: the judge, by the link."),
    )

    objects = ConflictQuerySet.as_manager()

    class Meta:
        verbose_name = _("conflict of interest")
        verbose_name_plural = _("conflicts of interest")
        ordering = ["judge", "team"]
        constraints = [
            models.UniqueConstraint(
                "judge",
                "team",
                name="one_conflict_of_a_judge_with_a_team",
                violation_error_message=_("This conflict is noted already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.judge} – {self.team}"


class Award(Bilingual):
    """One of the three. Its teams are those on its place in the published result: in a tie two share it."""

    hackathon = models.ForeignKey(Hackathon, models.CASCADE, related_name="prizes", verbose_name=_("hackathon"))
    place = models.PositiveSmallIntegerField(_("place"), choices=Place)
    title = line(_("title"), max_length=120, help_text=_("Empty: pages say first, second or third award."))
    words = prose(_("what the team gets, and why it is given"), help_text=_("Public once the result is published."))
    teams = models.ManyToManyField(Team, related_name="awards", editable=False, verbose_name=_("teams"))

    class Meta:
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        ordering = ["place"]
        constraints = [
            models.UniqueConstraint(
                "hackathon",
                "place",
                name="one_award_a_place",
                violation_error_message=_("There is an award for this place already."),
            ),
            models.CheckConstraint(
                name="award_of_a_known_place", condition=Q(place__gte=min(Place), place__lte=max(Place))
            ),
        ]

    def __str__(self) -> str:
        return str(self.title) or str(Place(self.place).label)


class TieBreak(models.Model):
    """How staff put teams with the same points in order, and why. It counts as long as just these teams are tied."""

    hackathon = models.ForeignKey(Hackathon, models.CASCADE, related_name="tie_breaks", verbose_name=_("hackathon"))
    order = models.JSONField(_("order"), default=list)  # the keys of the teams, the first before the others
    reason = models.CharField(_("reason"), max_length=300)
    at = SiteMomentField(_("decided"), auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("decided by")
    )

    class Meta:
        verbose_name = _("order of tied teams")
        verbose_name_plural = _("orders of tied teams")
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.reason


class Result(models.Model):
    """The result that is published. While it stands, no judge changes anything."""

    hackathon = models.OneToOneField(Hackathon, models.CASCADE, related_name="result", verbose_name=_("hackathon"))
    standing = models.JSONField(_("how it came about"), default=dict)  # points and places of that moment, by team
    published_at = SiteMomentField(_("published"), auto_now_add=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("published by")
    )

    class Meta:
        verbose_name = _("result of the hackathon")
        verbose_name_plural = _("results of the hackathon")
        default_permissions = ()
        permissions = [("publish_result", _("Can publish the result of the hackathon"))]

    def __str__(self) -> str:
        return str(self.hackathon)
