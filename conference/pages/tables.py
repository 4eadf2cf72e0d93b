"""Pages that staff write themselves, such as one about visas: a draft, and each version that was published."""

from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from conference import clock
from conference.language.translated import Bilingual, in_either_language, line, prose
from conference.pages.markdown import HOW, PICTURE

LONGEST = 20_000  # letters of a text
TEXTS = ("title_en", "title_km", "text_en", "text_km")


class NotWhole(Exception):
    """A page is published in both languages, or not at all."""


class Page(Bilingual):
    class Place(models.TextChoices):
        MENU = "menu", _("in the menu")
        FOOT = "foot", _("at the foot of each page")
        NOWHERE = "nowhere", _("in no list: only who has a link finds it")

    edition = models.ForeignKey("conference.Edition", models.CASCADE, related_name="pages", verbose_name=_("edition"))
    slug = models.SlugField(
        _("short name in addresses"),
        help_text=_("Small letters, such as visa. It stays as it is while the page is public."),
    )
    place = models.CharField(_("where it stands"), max_length=20, choices=Place, default=Place.FOOT)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    title = line(_("title"), max_length=80)
    text = prose(_("text"), max_length=LONGEST, help_text=HOW)

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["position", "pk"]
        constraints = [
            in_either_language("title"),
            models.UniqueConstraint(
                "edition",
                "slug",
                name="one_page_a_slug",
                violation_error_message=_("This edition has another page with this short name."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    def clean(self) -> None:
        if any(PICTURE.search(text) for text in self.draft.values()):
            raise ValidationError(_("A picture cannot stand in the text of a page. Give a link to it instead."))

    @property
    def missing(self) -> list[str]:
        """What it needs before it can be published: the names of the columns."""
        names = {field.name: str(field.verbose_name) for field in self._meta.concrete_fields}
        return [names[name] for name, text in self.draft.items() if not text.strip()]

    @property
    def shown(self) -> "PageVersion | None":
        """What the public sees."""
        return next((one for one in self.versions.all() if one.is_shown), None)

    @property
    def draft(self) -> dict[str, str]:
        return {name: getattr(self, name) for name in TEXTS}

    @property
    def mark(self) -> str:
        """Another one as soon as a text is another: who publishes has read these."""
        return sha256("\0".join(self.draft.values()).encode()).hexdigest()[:16]

    def publish(self, by: Any) -> "PageVersion":  # a user, whom admin and tests know by other types
        """What is saved becomes what the public sees."""
        if self.missing:
            raise NotWhole
        with transaction.atomic():
            Page.objects.select_for_update().get(pk=self.pk)
            latest = self.versions.order_by("-number").first()
            self.versions.update(is_shown=False)
            return self.versions.create(
                number=latest.number + 1 if latest else 1,
                is_shown=True,
                published_at=clock.now(),
                published_by=by,
                **self.draft,
            )

    def take_back(self) -> None:
        """Visitors find nothing at its address any more. The draft and the versions stay."""
        self.versions.update(is_shown=False)

    def restore(self, version: "PageVersion") -> None:
        """What was published once becomes the draft; the Khmer of it was read then."""
        for name in TEXTS:
            setattr(self, name, getattr(version, name))
        self.save(update_fields=TEXTS)


class PageVersionQuerySet(models.QuerySet["PageVersion"]):
    def shown_in(self, edition: Any) -> "PageVersionQuerySet":
        """What the public sees of an edition, which may also be a column of another query."""
        return self.filter(is_shown=True, page__edition=edition)

    def in_order(self) -> "PageVersionQuerySet":
        return self.select_related("page").order_by("page__position", "page")

    def for_menu(self, edition: models.Model) -> "list[PageVersion]":
        """Without the long texts."""
        wanted = ("title_en", "title_km", "page__slug", "page__place")
        return list(self.shown_in(edition).in_order().only(*wanted))


class PageVersion(models.Model):
    """A page as it was published once. One of each page is shown, or none."""

    page = models.ForeignKey(Page, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    is_shown = models.BooleanField(default=True)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    title = line(_("title"), max_length=80)
    text = prose(_("text"), max_length=LONGEST)

    objects = PageVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("published page")
        verbose_name_plural = _("published pages")
        ordering = ["-number"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint("page", "number", name="one_page_version_a_number"),
            models.UniqueConstraint("page", condition=models.Q(is_shown=True), name="one_page_version_is_shown"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"

    def is_as(self, page: Page) -> bool:
        """Nothing in the draft waits to be published."""
        return all(getattr(self, name) == text for name, text in page.draft.items())
