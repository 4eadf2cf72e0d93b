"""What staff answered about a table that is brought in, for the next one of the same shape."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class RememberedReading(models.Model):
    """One shape of a table, in any year: no words of the table are kept, only a hash of its headings."""

    shape = models.CharField(_("shape"), max_length=32, unique=True)
    columns = models.JSONField(_("columns"), default=dict)  # number of the column -> ColumnRole
    questions = models.JSONField(_("questions"), default=dict)  # key -> the value of a choice
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, verbose_name=_("by"), related_name="+"
    )
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("remembered reading")
        verbose_name_plural = _("remembered readings")
        default_permissions = ()

    def __str__(self) -> str:
        return self.shape
