"""Slides and other materials of a session. They are published with the programme."""

import uuid
from typing import Any

from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agenda.choices import Licence
from agenda.models.tables import Session
from conference.fields import ChoicesField
from conference.language.translated import Bilingual, bilingual, in_either_language
from conference.models import Language

FOLDER = "materials"


def material_path(row: "Material", filename: str) -> str:
    """materials/nodc-2024-d1-14-0f…e.pdf: a name that says what it is. DocumentField gave `filename` its ending."""
    session, ending = row.session, filename.rpartition(".")[2]
    return f"{FOLDER}/nodc-{session.day.edition.year}-{session.code}-{uuid.uuid4().hex}.{ending}"


class Material(Bilingual):
    """No row deletes its file: a published version may still name it (publishing.materials)."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="materials", verbose_name=_("session"))
    title = bilingual(models.CharField(_("title"), max_length=200, blank=True))
    languages = ChoicesField(_("languages"), options=Language)
    file = models.FileField(
        _("file"),
        upload_to=material_path,
        max_length=200,
        blank=True,
        help_text=_("PDF, PowerPoint, Word, Excel or OpenDocument, at most 5 MB."),
    )
    url = models.URLField(_("or a link"), blank=True, validators=[URLValidator(["http", "https"])])
    size = models.PositiveIntegerField(default=0, editable=False)
    licence = models.CharField(_("licence"), max_length=20, choices=Licence, blank=True, db_default="")
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("slides and other materials")
        ordering = ["position", "pk"]
        constraints = [
            in_either_language("title"),
            models.CheckConstraint(
                name="material_is_a_file_or_a_link",
                condition=(Q(file="") & ~Q(url="")) | (~Q(file="") & Q(url="")),
                violation_error_message=_("Send a file or give a link: one of the two."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    def save(self, *args: Any, **kwargs: Any) -> None:
        before = Material.objects.filter(pk=self.pk).values_list("file", flat=True).first()
        if before != self.file.name:
            self.size = self.file.size if self.file else 0
        super().save(*args, **kwargs)
