"""What happened to a registration after it was made, and what staff are asked to change."""

from django.conf import settings
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from conference.fields import SiteMomentField
from conference.words import comma
from registration.choices import Change
from registration.encryption.columns import EncryptedTextField
from registration.models.registration import Registration

# Which of these a participant changed is private: the desk, and a door that does not open all, read one word for all.
PRIVATE = {Change.NEEDS, Change.TRAVEL}
BY_THE_SITE = {Change.OFFERED, Change.LAPSED}  # a place that comes free is passed on by itself


class Step(models.Model):
    """One change of a registration: when, by whom and in which columns; never what stood or stands in them.

    Answers that lie apart are one word each, without columns: which of them a participant gave is private.
    """

    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="steps", verbose_name=_("registration")
    )
    at = SiteMomentField(_("when"), auto_now_add=True)
    what = models.CharField(_("what"), max_length=20, choices=Change)
    columns = models.JSONField(_("columns"), default=list, blank=True)
    by = models.ForeignKey(  # empty: the participant. Hence PROTECT: no account that goes makes it the participant
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, verbose_name=_("by")
    )

    class Meta:
        verbose_name = _("change")
        verbose_name_plural = _("changes")
        ordering = ["-at", "-pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"

    @property
    def words(self) -> str:
        """“Telephone, days: changed”, or what happened."""
        if not self.columns:
            return capfirst(self.get_what_display())
        return gettext("%(columns)s: changed") % {"columns": capfirst(self.columns_in_words())}

    @property
    def words_for_staff(self) -> str:
        return capfirst(str(Change.ANSWERS.label)) if self.what in PRIVATE else self.words

    def columns_in_words(self) -> str:
        names = {field.name: field.verbose_name for field in Registration._meta.get_fields() if field.concrete}
        names |= {"breakouts": _("themes and rooms"), "extra_answers": _("further questions")}
        return comma().join(str(names.get(column, column)) for column in self.columns)

    @property
    def who(self) -> str:
        if self.by:
            return self.by.get_username()
        return gettext("by itself") if self.what in BY_THE_SITE else gettext("the participant")


class ChangeRequestQuerySet(models.QuerySet["ChangeRequest"]):
    def still_open(self) -> "ChangeRequestQuerySet":
        return self.filter(done_at=None)


class ChangeRequest(models.Model):
    """A participant asks staff to change something, after the time in which they change it themselves."""

    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="change_requests", verbose_name=_("registration")
    )
    text = EncryptedTextField(_("what to change"))  # people write what they like: it may be sensitive
    created_at = SiteMomentField(_("asked for"), auto_now_add=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, verbose_name=_("done by")
    )

    objects = ChangeRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for a change")
        verbose_name_plural = _("requests for changes")
        ordering = [models.F("done_at").asc(nulls_first=True), "created_at"]
        default_permissions = ("view", "change")

    def __str__(self) -> str:
        return str(self.registration)
