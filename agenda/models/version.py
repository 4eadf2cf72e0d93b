"""The published versions of the programme. Written once, by agenda.publishing.versions."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from conference.asking import Given, Prepared
from conference.fields import SiteMomentField
from conference.language.translated import bilingual
from conference.models import Edition
from conference.words import digits

DATA_AS_TEXT = Cast("data", models.TextField())


class ProgrammeVersionQuerySet(models.QuerySet["ProgrammeVersion"]):
    def newest_first_of(self, edition: Edition) -> "ProgrammeVersionQuerySet":
        return self.filter(edition=edition).order_by("-number")

    def latest_of(self, edition: Edition) -> "ProgrammeVersion | None":
        return self.newest_first_of(edition).first()

    def latest_as_text(self, edition: Edition) -> "ProgrammeVersion | None":
        """Its `text` is its data as the database has it. To read it as JSON would take most of a page's time."""
        return _LATEST_AS_TEXT.first(edition=edition.pk)


_LATEST_AS_TEXT = Prepared(
    lambda: (
        ProgrammeVersion.objects.filter(edition=Given("edition"))
        .order_by("-number")
        .defer("data")
        .annotate(text=DATA_AS_TEXT)[:1]  # type: ignore[no-redef]
    )
)


class ProgrammeVersion(models.Model):
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="versions", verbose_name=_("edition"))
    number = models.PositiveIntegerField(_("number"))
    data = models.JSONField(_("programme"))
    # Where sessions were before they moved, so that a page need not read older versions.
    moves = models.JSONField(_("moved sessions"), default=dict)
    note = bilingual(models.TextField(_("note"), blank=True))
    published_at = SiteMomentField(_("published on"), auto_now_add=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, verbose_name=_("published by"), related_name="+"
    )

    text: str  # of a row that was read by latest_as_text()

    objects = ProgrammeVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("published version")
        verbose_name_plural = _("published versions")
        ordering = ["-edition__year", "-number"]
        default_permissions = ("view",)
        permissions = [("publish_programme", _("Can publish the programme"))]
        constraints = [
            models.UniqueConstraint("edition", "number", name="one_programme_version_a_number"),
        ]

    def __str__(self) -> str:
        number, year = digits(self.number), digits(self.edition.year)
        return gettext("Version %(number)s of %(year)s") % {"number": number, "year": year}

    def get_absolute_url(self) -> str:
        return reverse("agenda:version", args=[self.edition.year, self.number])
