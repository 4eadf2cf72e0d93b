"""Other numbers under which staff find a registration. They open nothing for the public."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from conference.fields import SiteMomentField
from registration.choices import Status
from registration.models.registration import Registration


class SecondNumber(models.Model):
    """A participant signed up again and was shown this number, or it was that of a registration that was merged."""

    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="second_numbers", verbose_name=_("registration")
    )
    code = models.CharField(_("reference number"), max_length=12, unique=True)
    form_token = models.UUIDField(db_index=True, editable=False)  # the same form sent again shows the same number
    status = models.CharField(_("status"), max_length=20, choices=Status)  # as it was shown beside the number
    # What the badge of that registration holds, which may be printed already (desk.tokens). NULL: from before that.
    badge_token = models.CharField(max_length=32, unique=True, null=True, editable=False)  # noqa: DJ001 -- unique
    receipt = models.JSONField(null=True, blank=True, editable=False)  # as that of a registration
    in_own_hands = models.BooleanField(default=False, editable=False)  # likewise, of the browser that was shown it
    created_at = SiteMomentField(_("written"), auto_now_add=True)

    class Meta:
        verbose_name = _("second number")
        verbose_name_plural = _("second numbers")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.code
