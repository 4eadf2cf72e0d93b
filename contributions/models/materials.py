"""Slides and other materials as those who hold a session send them, until staff have looked at them."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from agenda.choices import Licence
from agenda.models import Appearance, Material, Session
from agenda.models.files import WithFiles, WithFilesQuerySet
from conference.fields import ChoicesField, SiteMomentField
from conference.language.translated import Text, line
from conference.models import Language

FOLDER = "sent"  # beside the folders from which the site serves files: nothing is served from this one


def sent_path(_row: "MaterialSent", filename: str) -> str:
    """DocumentField gave `filename` its ending."""
    return f"{FOLDER}/{uuid.uuid4().hex}.{filename.rpartition('.')[2]}"


class MaterialLink(models.Model):
    """Which link of one appearance is the newest: an older one opens nothing any more. Without a row: the first."""

    appearance = models.OneToOneField(Appearance, models.CASCADE, related_name="material_link")
    version = models.PositiveIntegerField(default=0)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.appearance)


class SentState(TextChoices):
    WAITING = "waiting", _("to be looked at")
    TAKEN = "taken", _("taken into the draft")
    DECLINED = "declined", _("not taken")


class MaterialSent(WithFiles):
    """One file or one link. Taken, it becomes a row of agenda.Material, and its file goes there."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="materials_sent", verbose_name=_("session"))
    appearance = models.ForeignKey(
        Appearance, models.SET_NULL, null=True, related_name="materials_sent", verbose_name=_("sent by")
    )
    form_token = models.UUIDField(editable=False)
    title = line(_("title"))
    languages = ChoicesField(_("languages"), options=Language)
    licence = models.CharField(_("licence"), max_length=20, choices=Licence, blank=True)
    file = models.FileField(_("file"), upload_to=sent_path, max_length=200, blank=True)
    url = models.URLField(_("link"), max_length=500, blank=True)
    note = models.TextField(_("note to the staff"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=SentState, default=SentState.WAITING)
    reason = models.TextField(_("why it is not taken"), blank=True)
    material = models.ForeignKey(Material, models.SET_NULL, null=True, related_name="+")
    sent_at = SiteMomentField(_("sent"), auto_now_add=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = WithFilesQuerySet.as_manager()

    class Meta:
        verbose_name = _("material that was sent")
        verbose_name_plural = _("materials that were sent")
        ordering = ["-sent_at", "-pk"]
        default_permissions = ("view", "change", "delete")
        constraints = [
            # Sent twice, a form counts once; it may bring a file and a link.
            models.UniqueConstraint(fields=["form_token", "url"], name="material_sent_once"),
            models.CheckConstraint(
                name="material_sent_is_a_file_or_a_link",
                condition=~Q(state="waiting") | (Q(file="") & ~Q(url="")) | (~Q(file="") & Q(url="")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.title or self.session)

    @property
    def files(self) -> list[str]:
        return [self.file.name] if self.file.name else []

    @property
    def title_for_readers(self) -> Text:
        """Without a title of its own it is called as the session."""
        return self.title or self.session.title


def files_in_use() -> set[str]:
    return set(MaterialSent.objects.exclude(file="").values_list("file", flat=True))
