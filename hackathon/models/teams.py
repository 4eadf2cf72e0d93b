"""Teams, and the people in them."""

from datetime import timedelta

from django.db import models
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from conference import clock
from conference.fields import ChoicesField, SiteMomentField
from conference.language.translated import Bilingual, prose
from conference.words import comma, digits
from hackathon.choices import Skill, Spoken
from hackathon.models.call import Hackathon
from registration.models import Registration
from registration.models.codes import CODE_LETTERS
from registration.models.registration import coming

CODE_LENGTH = 6
NEAR = timedelta(days=1)
HALF_A_YEAR = timedelta(days=182)


def new_team_code() -> str:
    return get_random_string(CODE_LENGTH, CODE_LETTERS)


class TeamQuerySet(models.QuerySet["Team"]):
    def taking_part(self) -> "TeamQuerySet":
        return self.filter(is_withdrawn=False)

    def with_people(self) -> "TeamQuerySet":
        """Each with how many of its people come to the conference: `people`."""
        of_team = models.Q(members__isnull=False) & coming("members__registration__")
        return self.annotate(people=models.Count("members", filter=of_team))  # type: ignore[no-redef]

    def running(self) -> "TeamQuerySet":
        """Of a hackathon whose conference is still to come, or runs."""
        return self.taking_part().filter(hackathon__edition__ends_on__gte=clock.today())

    def too_small(self) -> "TeamQuerySet":
        is_smaller = models.Q(people__lt=models.F("hackathon__smallest_team"))
        return self.running().with_people().filter(is_smaller)

    def without_project(self) -> "TeamQuerySet":
        """In the day before the deadline."""
        now = clock.now()
        near = self.running().filter(hackathon__deadline__gt=now, hackathon__deadline__lte=now + NEAR)
        return near.filter(submission=None)

    def without_later(self) -> "TeamQuerySet":
        """Half a year after the conference: those with an award of whose project nothing more is known."""
        awarded = Team.objects.filter(awards__isnull=False).values("pk")
        due = models.Q(hackathon__edition__ends_on__lte=clock.today() - HALF_A_YEAR)
        return self.filter(due, pk__in=awarded, later_en="", later_km="")


class Team(Bilingual):
    """A team stays when its people are erased: its project is a work, and its page may stand in the archive."""

    hackathon = models.ForeignKey(Hackathon, models.CASCADE, related_name="teams", verbose_name=_("hackathon"))
    number = models.PositiveSmallIntegerField(_("number"), editable=False)  # in the order in which they were made
    name = models.CharField(_("name of the team"), max_length=80)
    code = models.CharField(_("code to join"), max_length=12, unique=True, default=new_team_code, editable=False)
    link_version = models.PositiveSmallIntegerField(default=1, editable=False)  # raised to revoke the team's link
    seeks = models.CharField(
        _("whom the team still looks for"), max_length=200, blank=True, help_text=_("Staff read it when they help.")
    )
    pitch_no = models.PositiveSmallIntegerField(_("place in the order"), null=True, blank=True, editable=False)
    is_withdrawn = models.BooleanField(_("takes part no more"), default=False)
    is_shown = models.BooleanField(
        _("wants a page on the site"), default=True, help_text=_("The team itself decides, by its link.")
    )
    later = prose(_("what became of the project"), help_text=_("About six months after the conference."))
    later_at = models.DateTimeField(_("written"), null=True, blank=True, editable=False)
    made_at = SiteMomentField(_("made"), auto_now_add=True)
    # The keys of members who left: their links open the team's pages no more. NULL while no member has left.
    left = models.JSONField(null=True, editable=False)
    people: int  # with_people
    reader: int | None = None  # the key of the member whose link opened the page (hackathon.links)

    objects = TeamQuerySet.as_manager()

    class Meta:
        verbose_name = _("team")
        verbose_name_plural = _("teams")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint("hackathon", "number", name="one_team_a_number"),
            models.UniqueConstraint("hackathon", "pitch_no", name="one_team_a_place_in_the_order"),
        ]

    def __str__(self) -> str:
        return _("Team %(number)s: %(name)s") % {"number": digits(self.number), "name": self.name}

    @property
    def gone(self) -> set[int]:
        """The keys of members who left."""
        return set(self.left or ())


class MemberQuerySet(models.QuerySet["Member"]):
    def coming(self) -> "MemberQuerySet":
        """Who still comes to the conference."""
        return self.filter(coming("registration__")).select_related("registration")

    def to_place(self) -> "MemberQuerySet":
        """Who asked to be put into a team and is in none."""
        return self.filter(team=None).coming()

    def running(self) -> "MemberQuerySet":
        """Of a hackathon whose conference is still to come, or runs."""
        return self.filter(hackathon__edition__ends_on__gte=clock.today())


class Member(models.Model):
    """A participant in a team, or one who asks to be put into one. The row goes with the person."""

    hackathon = models.ForeignKey(Hackathon, models.CASCADE, related_name="members", verbose_name=_("hackathon"))
    registration = models.OneToOneField(
        Registration, models.CASCADE, related_name="hackathon_member", verbose_name=_("participant")
    )
    team = models.ForeignKey(
        Team, models.SET_NULL, null=True, blank=True, related_name="members", verbose_name=_("team")
    )
    spoken = ChoicesField(_("languages to work in"), options=Spoken)
    skills = ChoicesField(_("what the person brings"), options=Skill)
    contact = models.CharField(_("how the team reaches the person"), max_length=100, blank=True)
    is_by_staff = models.BooleanField(_("put there by staff"), default=False, editable=False)
    since = SiteMomentField(_("since"), auto_now_add=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of a team")
        verbose_name_plural = _("members of teams")
        ordering = ["since", "pk"]

    def __str__(self) -> str:
        return str(self.registration)

    @property
    def spoken_words(self) -> str:
        return comma().join(str(Spoken(code).label) for code in self.spoken if code in Spoken.values)

    @property
    def skills_words(self) -> str:
        return comma().join(str(Skill(code).label) for code in self.skills if code in Skill.values)
