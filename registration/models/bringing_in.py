"""A list of people that came from elsewhere: the response sheet of a form, a list of invited guests."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from conference import clock
from conference.fields import SiteMomentField
from conference.models import Edition
from conference.words import moment
from registration.encryption.columns import EncryptedTextField
from registration.models.registration import Registration

KEPT = timedelta(days=1)  # what was pasted waits so long for the staff who pasted it


class BringingInQuerySet(models.QuerySet["BringingIn"]):
    def forget_past(self) -> None:
        """What waited for a day is forgotten; where nothing came of it, the row too."""
        past = self.filter(begun_at__lt=clock.now() - KEPT, waiting__isnull=False)
        if past.exists():  # asked every few seconds: a look holds up no sign-up
            past.filter(brought=None).delete()
            past.update(waiting=None)


class BringingIn(models.Model):
    """One list that staff brought in: who, when, from which file, and how many people came of it; never the people.

    While staff look at the list and bring it in, what they pasted lies in `waiting`, encrypted. It goes when all of it
    is done, or after a day.
    """

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="lists_brought_in", verbose_name=_("edition"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, verbose_name=_("by"))
    begun_at = SiteMomentField(_("when"), auto_now_add=True)
    file_name = models.CharField(_("file"), max_length=200, blank=True)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    people = models.PositiveIntegerField(_("brought in"), default=0)
    known = models.PositiveIntegerField(_("were here already"), default=0)
    refused = models.PositiveIntegerField(_("refused"), default=0)
    is_told = models.BooleanField(_("a message to each"), default=False)
    agreed_on = models.DateField(_("agreed elsewhere on"), null=True, blank=True)
    agreed_how = models.CharField(_("how they agreed"), max_length=300, blank=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    # JSON of the cells, and of what staff answered about them (bringing_in.waiting).
    waiting = EncryptedTextField(null=True, blank=True, editable=False)

    objects = BringingInQuerySet.as_manager()

    class Meta:
        verbose_name = _("list from elsewhere")
        verbose_name_plural = _("lists from elsewhere")
        ordering = ["-begun_at", "-pk"]
        default_permissions = ("view", "add")

    def __str__(self) -> str:
        return moment(self.begun_at)  # never the name of the file: the admin log keeps this text

    @property
    def is_past(self) -> bool:
        """What waited is forgotten, or will be in a moment."""
        return bool(self.begun_at < clock.now() - KEPT)


class BroughtIn(models.Model):
    """A registration that came with a list, as it was then: until it is changed, the list can be undone."""

    registration = models.OneToOneField(
        Registration, models.CASCADE, related_name="brought_in", verbose_name=_("registration")
    )
    bringing_in = models.ForeignKey(BringingIn, models.CASCADE, related_name="brought", verbose_name=_("list"))
    row = models.PositiveIntegerField(_("row"))
    unchanged_since = models.DateTimeField(editable=False)  # Registration.updated_at when it was brought in

    was_changed: bool  # of a row that was read by bringing_in.undoing
    was_told: bool  # likewise

    class Meta:
        verbose_name = _("brought in with a list")
        verbose_name_plural = _("brought in with a list")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.registration)
