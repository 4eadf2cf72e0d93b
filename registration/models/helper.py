"""A person who signs up others: for an organisation, or for people who do not use a form themselves."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from conference.fields import SiteMomentField, phone_e164
from conference.models import Edition
from conference.words import moment, phone


class HelperQuerySet(models.QuerySet["Helper"]):
    def without_people(self) -> "HelperQuerySet":
        """Of whose people none stands here any more, or none did: there is no reason left to know them."""
        return self.filter(registrations=None)


class Helper(models.Model):
    """How to reach the person who signed up others. Some of these others are reached through them alone."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="helpers", verbose_name=_("edition"))
    form_token = models.UUIDField(unique=True, editable=False)  # one form sent twice is one helper
    name = models.CharField(_("name"), max_length=120)
    phone = models.CharField(_("telephone"), max_length=16, validators=[phone_e164])
    email = models.EmailField(_("e-mail"), blank=True)
    organisation = models.CharField(_("organisation or group"), max_length=200, blank=True)
    language = models.CharField(_("language of our messages"), max_length=2, choices=settings.LANGUAGES)
    created_at = SiteMomentField(_("signed them up"), auto_now_add=True)

    objects = HelperQuerySet.as_manager()

    class Meta:
        verbose_name = _("helper")
        verbose_name_plural = _("helpers")
        ordering = ["-created_at", "-pk"]
        default_permissions = ("view", "change")
        constraints = [
            models.CheckConstraint(
                name="helper_can_be_called",
                condition=~models.Q(phone=""),
                violation_error_message=_("Give the helper’s telephone number."),
            )
        ]

    def __str__(self) -> str:
        return moment(self.created_at)  # never a name: the admin log keeps this text

    @property
    def way(self) -> str:
        """How a person is reached through the helper, for lists and pages of the staff."""
        return gettext("through %(name)s: %(phone)s") % {"name": self.name, "phone": phone(self.phone)}
