"""What was made on paper for a participant: a badge, and a certificate that can be verified."""

from datetime import date

from django.conf import settings
from django.db import models
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from conference import clock
from conference.models import Edition
from registration.models.codes import CODE_LETTERS
from registration.models.registration import Registration

CODE_LENGTH = 20  # letters of which each is one of 30: 98 bits
CODE_PART = 5


def new_certificate_code() -> str:
    return get_random_string(CODE_LENGTH, CODE_LETTERS)


class BadgePrint(models.Model):
    """When the badge of a participant was last printed, and what it said then."""

    registration = models.OneToOneField(Registration, models.CASCADE, related_name="badge_print")
    at = models.DateTimeField(_("printed"), default=clock.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("printed by")
    )
    digest = models.CharField(max_length=64)  # of what it said: paper.badges.Badge.digest

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.registration)


class Certificate(models.Model):
    """What its verification address tells of a certificate of attendance: initials, edition and days, and no more.

    Its code is its key, so that no order of the rows tells which person it was.
    """

    code = models.CharField(
        _("code of the certificate"), max_length=CODE_LENGTH, primary_key=True, default=new_certificate_code
    )
    # NULL: the personal data of the edition is erased, or it is an earlier one. Who is erased alone takes the
    # certificate along.
    registration = models.OneToOneField(Registration, models.CASCADE, null=True, related_name="certificate")
    # Of a registration that was merged into this one, which has its own: what was given to the person stays true.
    earlier_of = models.ForeignKey(
        Registration, models.CASCADE, null=True, editable=False, related_name="earlier_certificates"
    )
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="+")
    initials = models.CharField(_("initials"), max_length=60)
    days = models.JSONField(_("days"), default=list)  # as they stand on it: 2024-03-26

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.code

    @property
    def dates(self) -> list[date]:
        return [date.fromisoformat(day) for day in self.days]

    @property
    def spoken_code(self) -> str:
        """In parts, as it is typed from paper."""
        return "-".join(self.code[begin : begin + CODE_PART] for begin in range(0, CODE_LENGTH, CODE_PART))
