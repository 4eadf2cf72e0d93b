"""What staff write for the report to the funder; all else in it comes from the other tables."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from conference.language.translated import bilingual
from conference.models import Edition

LONGEST = 20_000  # letters of one text


class Report(models.Model):
    edition = models.OneToOneField(Edition, models.CASCADE, related_name="report", verbose_name=_("edition"))
    summary = bilingual(models.TextField(_("summary"), blank=True, max_length=LONGEST))
    results = bilingual(models.TextField(_("what came out"), blank=True, max_length=LONGEST))
    lessons = bilingual(models.TextField(_("lessons"), blank=True, max_length=LONGEST))

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        default_permissions = ()  # staff who may change the edition write it

    def __str__(self) -> str:
        return str(self.edition)
