"""Guests and speakers who are invited: a place is kept for each, until they answer or a date comes."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from agenda.models import Speaker
from conference import clock
from conference.fields import SiteMomentField
from registration.choices import GIVEN_UP, InvitationAnswer, InvitationState, Status
from registration.models.registration import Registration


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> "InvitationQuerySet":
        """Still to be answered, and the place is still kept."""
        return self.filter(answer="", registration__status=Status.OFFERED, registration__offered_until__gt=clock.now())

    def that_stand(self, state: str) -> "InvitationQuerySet":
        """As `Invitation.state` says it of one."""
        gone = models.Q(registration__status__in=GIVEN_UP)
        match state:
            case InvitationState.WAITING:
                return self.open()
            case InvitationState.YES:
                return self.filter(registration__status=Status.CONFIRMED)
            case InvitationState.NO:
                return self.filter(gone).exclude(answer="")
            case InvitationState.OVER:
                offered = models.Q(registration__status=Status.OFFERED)
                return self.filter(gone | offered, answer="").exclude(pk__in=self.open())
        return self.exclude(registration__status__in=[*GIVEN_UP, Status.CONFIRMED, Status.OFFERED])


class Invitation(models.Model):
    """A registration that staff have made for a guest: “place offered” until the guest says yes by their own link.

    The place and its end are those of the registration, so that the hall counts it like any other.
    """

    registration = models.OneToOneField(
        Registration, models.CASCADE, related_name="invitation", verbose_name=_("registration")
    )
    speaker = models.ForeignKey(
        Speaker, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("speaker")
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, verbose_name=_("invited by")
    )
    invited_at = SiteMomentField(_("invited"), auto_now_add=True)
    answer = models.CharField(_("answer"), max_length=10, choices=InvitationAnswer, blank=True, editable=False)
    answered_at = models.DateTimeField(_("answered"), null=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-invited_at", "-pk"]
        default_permissions = ("view", "add")

    def __str__(self) -> str:
        return str(self.registration)

    @property
    def is_open(self) -> bool:
        row = self.registration
        return not self.answer and row.status == Status.OFFERED and not row.offer_ran_out

    @property
    def state(self) -> InvitationState:
        """As the registration stands by now: a guest may have told staff, or have cancelled after a yes."""
        row = self.registration
        if self.is_open:
            return InvitationState.WAITING
        if row.status == Status.CONFIRMED:
            return InvitationState.YES
        if row.status in GIVEN_UP and self.answer:
            return InvitationState.NO
        return InvitationState.OVER if row.status in {*GIVEN_UP, Status.OFFERED} else InvitationState.ELSEWHERE

    @property
    def may_wait(self) -> bool:
        """Whether the guest can be given more time, or be asked again."""
        return not self.answer and self.registration.status in (Status.OFFERED, Status.CANCELLED)
