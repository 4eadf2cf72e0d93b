"""Photographs on the public pages: whole as staff sent them, and cut to three widths round the point they chose."""

from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from agenda.models.files import WithFiles, WithFilesQuerySet
from agenda.models.tables import Session, Speaker
from conference.asking import Given, Prepared
from conference.files.images import WIDTHS, cut, cut_path, cuts_of, picture_path
from conference.language.translated import Bilingual, bilingual
from conference.models import Edition, Organisation


class Slot(models.TextChoices):
    HOME = "home", _("home page")
    VENUE = "venue", _("venue")
    ORGANISATION = "organisation", _("an organiser")
    SESSION = "session", _("a session")


class Centre(models.TextChoices):
    """What must stay in the picture where a page cuts it."""

    TOP_LEFT = "00", _("above, at the left")
    TOP = "10", _("above, in the middle")
    TOP_RIGHT = "20", _("above, at the right")
    LEFT = "01", _("halfway down, at the left")
    MIDDLE = "11", _("the middle")
    RIGHT = "21", _("halfway down, at the right")
    BOTTOM_LEFT = "02", _("below, at the left")
    BOTTOM = "12", _("below, in the middle")
    BOTTOM_RIGHT = "22", _("below, at the right")

    @property
    def point(self) -> tuple[float, float]:
        """0 to 1, to the right and down."""
        return int(self.value[0]) / 2, int(self.value[1]) / 2


class PhotographQuerySet(WithFilesQuerySet["Photograph"]):
    def in_slot(self, edition: Edition, slot: str) -> "Photograph | None":
        """The latest one: a new photograph takes the place of the one before."""
        return _LATEST_IN_SLOT.first(edition=edition.pk, slot=slot)

    def of_session(self, edition: Edition, uuid: str) -> "Photograph | None":
        return _LATEST_OF_SESSION.first(edition=edition.pk, uuid=uuid)


_LATEST_IN_SLOT = Prepared(
    lambda: Photograph.objects.filter(edition=Given("edition"), slot=Given("slot", models.CharField())).order_by(
        "-pk"
    )[:1]
)
_LATEST_OF_SESSION = Prepared(
    lambda: Photograph.objects.filter(
        edition=Given("edition"), slot=Slot.SESSION, session__uuid=Given("uuid", models.UUIDField())
    ).order_by("-pk")[:1]
)


class Photograph(WithFiles, Bilingual):
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="photographs", verbose_name=_("edition"))
    slot = models.CharField(_("where it stands"), max_length=20, choices=Slot)
    organisation = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("organisation")
    )
    session = models.ForeignKey(
        Session, models.CASCADE, null=True, blank=True, related_name="photographs", verbose_name=_("session")
    )
    photo = models.ImageField(
        _("photograph"), upload_to=picture_path, help_text=_("At least 1200 pixels wide and 800 high.")
    )
    centre = models.CharField(_("what must stay in the picture"), max_length=2, choices=Centre, default=Centre.MIDDLE)
    alt = bilingual(
        models.CharField(
            _("what is to be seen"), max_length=200, help_text=_("For those who do not see it. Both languages.")
        )
    )
    credit = models.CharField(_("photographer"), max_length=100, blank=True)

    objects = PhotographQuerySet.as_manager()

    class Meta:
        verbose_name = _("photograph")
        verbose_name_plural = _("photographs")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="photograph_is_described_in_both_languages",
                condition=~Q(alt_en="") & ~Q(alt_km=""),
                violation_error_message=_("Say in both languages what is to be seen."),
            ),
            models.CheckConstraint(
                name="photograph_stands_where_its_slot_says",
                condition=Q(slot__in=[Slot.HOME, Slot.VENUE], organisation=None, session=None)
                | Q(slot=Slot.ORGANISATION, organisation__isnull=False, session=None)
                | Q(slot=Slot.SESSION, organisation=None, session__isnull=False),
                violation_error_message=_(
                    "Choose the organisation for a photograph of an organiser, the session for one of a session, and "
                    "neither for the home page or the venue."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_slot_display()}: {self.alt}"

    @property
    def files(self) -> list[str]:
        name = self.photo.name or ""
        return [name, *cuts_of(name)]

    @property
    def url(self) -> str:
        """For browsers that read no WebP."""
        return default_storage.url(cut_path(self.photo.name or "", WIDTHS[1], "jpg"))

    @property
    def srcset(self) -> str:
        name = self.photo.name or ""
        return ", ".join(f"{default_storage.url(cut_path(name, width))} {width}w" for width in WIDTHS)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Cuts it anew where the photograph or its centre is new. New files have new names: browsers keep the old."""
        before = Photograph.objects.filter(pk=self.pk).first()
        is_new = before is None or before.photo.name != self.photo.name
        if not is_new and before and before.centre != self.centre:
            with self.photo.open() as photo:
                content = photo.read()
            self.photo.save("photograph.jpg", ContentFile(content), save=False)
            is_new = True
        super().save(*args, **kwargs)
        if is_new:
            with self.photo.open() as photo:
                made = cut(photo, Centre(self.centre).point)
            for (width, kind), part in made.items():
                default_storage.save(cut_path(self.photo.name or "", width, kind), ContentFile(part))


def pictures_in_use() -> set[str]:
    """The names of all files that a row needs: portraits, logos, photographs with their cuts."""
    portraits = Speaker.objects.exclude(photo="").values_list("photo", flat=True)
    logos = Organisation.objects.exclude(logo="").values_list("logo", flat=True)
    photographs = [name for row in Photograph.objects.order_by() for name in row.files]
    return {*portraits, *logos, *photographs}
