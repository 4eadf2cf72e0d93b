"""Handbooks, surveys and studies that the programme works with."""

from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from agenda.choices import Licence
from agenda.models import Session
from conference.fields import ChoicesField
from conference.language.translated import Bilingual, in_either_language, line, prose
from conference.models import Edition, Language


class Resource(Bilingual):
    """The public sees it as soon as it is saved, where the edition is public. What is not known stays empty."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="resources", verbose_name=_("edition"))
    slug = models.SlugField(_("name in the address"), max_length=60)
    title = line(_("title"))
    author = line(_("by"))
    about = prose(_("about"))
    languages = ChoicesField(_("languages"), options=Language)
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    licence = models.CharField(_("licence"), max_length=20, choices=Licence, blank=True)
    url = models.URLField(_("link"), max_length=500, blank=True, validators=[URLValidator(["http", "https"])])
    sessions = models.ManyToManyField(Session, blank=True, related_name="resources", verbose_name=_("used in"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")
        ordering = ["position", "pk"]
        constraints = [
            in_either_language("title"),
            models.UniqueConstraint(fields=["edition", "slug"], name="resource_slug_once_an_edition"),
        ]

    def __str__(self) -> str:
        return str(self.title)
