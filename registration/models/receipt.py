"""What a browser was answered when it signed people up (signing_up.receipts): its session holds the key of the row."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registration.models.registration import Registration


class KeptReceiptQuerySet(models.QuerySet["KeptReceipt"]):
    def past(self) -> "KeptReceiptQuerySet":
        """Those to which no session leads any more."""
        return self.filter(created_at__lte=timezone.now() - timedelta(seconds=settings.SESSION_COOKIE_AGE))


class KeptReceipt(models.Model):
    """Lies beside the participant, not in the session: so it goes with them, from every browser at once."""

    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="receipts", verbose_name=_("registration")
    )
    answer = models.JSONField(_("receipt"))  # a signing_up.receipts.Receipt
    created_at = models.DateTimeField(_("written"), auto_now_add=True, db_index=True)

    objects = KeptReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.registration)
