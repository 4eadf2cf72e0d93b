"""What happens when, where and with whom."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from agenda.choices import (
    RESERVED_IDS,
    AppearanceState,
    ConfirmedHow,
    Interpretation,
    Kind,
    Role,
    SessionState,
    SpokenLanguage,
)
from agenda.hours import EVENING, NIGHT_ENDS
from agenda.models.files import WithFiles, WithFilesQuerySet
from conference import clock
from conference.fields import ChoicesField
from conference.files.images import picture_path
from conference.language.translated import Bilingual, bilingual, in_either_language
from conference.models import Edition, Organisation
from conference.words import date_only

# Without vowels an id spells no word; without letters and digits that look alike it can be read aloud.
ID_LETTERS = "23456789bcdfghjkmnpqrstvwxyz"


def new_session_id() -> str:
    return get_random_string(6, ID_LETTERS)


class Day(Bilingual):
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="days", verbose_name=_("edition"))
    date = models.DateField(_("date"))
    intro = bilingual(models.TextField(_("introduction"), blank=True))

    class Meta:
        verbose_name = _("day")
        verbose_name_plural = _("days")
        ordering = ["date"]
        constraints = [
            models.UniqueConstraint(
                "edition",
                "date",
                name="one_day_a_date",
                violation_error_message=_("This edition has this day already."),
            )
        ]

    def __str__(self) -> str:
        return date_only(self.date)


class Track(Bilingual):
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="tracks", verbose_name=_("edition"))
    name = bilingual(models.CharField(_("name"), max_length=100, blank=True))
    position = models.PositiveSmallIntegerField(
        _("position"), default=0, help_text=_("The order of parallel columns.")
    )

    class Meta:
        verbose_name = _("track")
        verbose_name_plural = _("tracks")
        ordering = ["position", "pk"]
        constraints = [in_either_language("name")]

    def __str__(self) -> str:
        return str(self.name)


class Room(Bilingual):
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="rooms", verbose_name=_("edition"))
    name = bilingual(models.CharField(_("name"), max_length=100, blank=True))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        ordering = ["position", "pk"]
        constraints = [in_either_language("name")]

    def __str__(self) -> str:
        return str(self.name)


class Speaker(WithFiles, Bilingual):
    """A person. The programme of 2024 names no person yet: names come late, often the day before."""

    name = bilingual(models.CharField(_("name, family name first"), max_length=120, blank=True))
    job_title = bilingual(models.CharField(_("job title"), max_length=200, blank=True))
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, verbose_name=_("organisation")
    )
    about = bilingual(models.TextField(_("about"), blank=True))
    photo = models.ImageField(_("photo"), upload_to=picture_path, blank=True)

    objects = WithFilesQuerySet["Speaker"].as_manager()

    class Meta:
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        ordering = ["name_en", "name_km"]
        constraints = [in_either_language("name")]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def files(self) -> list[str]:
        return [self.photo.name or ""]


# What is in the night stands after the evening.
_IN_THE_NIGHT = models.Case(models.When(starts_at__lt=NIGHT_ENDS, ends_at__lte=NIGHT_ENDS, then=1), default=0)
IN_ORDER = ("day__date", _IN_THE_NIGHT.asc(), models.F("starts_at").asc(nulls_last=True), "position", "pk")


class SessionQuerySet(models.QuerySet["Session"]):
    def of_edition(self, edition: Edition) -> "SessionQuerySet":
        return self.filter(day__edition=edition).select_related("day", "track", "room")

    def public(self) -> "SessionQuerySet":
        return self.exclude(state=SessionState.DRAFT)

    def in_order(self) -> "SessionQuerySet":
        return self.order_by(*IN_ORDER)

    def with_doubt(self) -> "SessionQuerySet":
        """Sessions that are to be confirmed, and those in which a person or an organisation is."""
        waiting = models.Q(state=SessionState.TO_BE_CONFIRMED)
        return self.filter(waiting | models.Q(appearances__state=AppearanceState.TO_BE_CONFIRMED)).distinct()


class Session(Bilingual):
    """Any row of the agenda, and what stands inside one: a Q&A, a theme, a room, a topic."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.SlugField(_("id in the address"), max_length=20, unique=True, default=new_session_id)
    day = models.ForeignKey(Day, models.CASCADE, related_name="sessions", verbose_name=_("day"))
    parent = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("stands under"),
        help_text=_("The session of this Q&A, the breakout of this theme or room, the theme of this topic."),
    )
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.PRESENTATION)
    label = bilingual(
        models.CharField(_("label"), max_length=60, blank=True, help_text=_("“Session 1”, “Policy Dialogue”."))
    )
    title = bilingual(models.CharField(_("title"), max_length=300, blank=True))
    description = bilingual(models.TextField(_("description"), blank=True))
    starts_at = models.TimeField(
        _("from"),
        null=True,
        blank=True,
        help_text=_("Leave both times empty if it lies within the time of its parent."),
    )
    ends_at = models.TimeField(_("to"), null=True, blank=True)
    track = models.ForeignKey(Track, models.PROTECT, null=True, blank=True, verbose_name=_("track"))
    room = models.ForeignKey(Room, models.PROTECT, null=True, blank=True, verbose_name=_("room"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    state = models.CharField(_("state"), max_length=20, choices=SessionState, default=SessionState.CONFIRMED)
    spoken_languages = ChoicesField(_("spoken languages"), options=SpokenLanguage)
    interpretation = ChoicesField(_("interpretation offered"), options=Interpretation)
    open_call = models.BooleanField(_("speakers are still sought"), default=False)
    noted_on = models.DateField(default=clock.today, editable=False)  # who waits longest is asked first

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["day__date", "starts_at", "position", "pk"]
        constraints = [
            in_either_language("title", unless=models.Q(kind=Kind.TOPIC)),
            models.CheckConstraint(
                name="session_has_both_times_or_none",
                condition=models.Q(starts_at=None, ends_at=None)
                | models.Q(starts_at__isnull=False, ends_at__isnull=False, ends_at__gt=models.F("starts_at"))
                # The same as hours.is_possible.
                | models.Q(
                    starts_at__isnull=False, ends_at__isnull=False, starts_at__gte=EVENING, ends_at__lte=NIGHT_ENDS
                ),
                violation_error_message=_(
                    "Give both times, the end after the beginning, or leave both empty. What begins at 16:00 or later "
                    "may end in the night, by 4:00, such as 20:00 – 0:30."
                ),
            ),
            models.CheckConstraint(
                name="session_stands_in_time_or_under_a_parent",
                condition=models.Q(starts_at__isnull=False) | models.Q(parent__isnull=False),
                violation_error_message=_("Give its times, or say under which session it stands."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.title) or str(self.get_kind_display())

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.parent:
            self.day = self.parent.day
        super().save(*args, **kwargs)
        for child in self.children.exclude(day=self.day):  # what stands under a session moves with it
            child.parent = self
            child.save()

    def get_absolute_url(self) -> str:
        return reverse("agenda:session", args=[self.day.edition.year, self.code])

    def clean(self) -> None:
        if self.code in RESERVED_IDS:
            raise ValidationError({"code": _("A page of the agenda has this address. Choose another id.")})
        above, seen = self.parent, {self.pk}
        while above:
            if above.pk in seen:
                raise ValidationError({"parent": _("A session cannot stand under itself.")})
            seen.add(above.pk)
            above = above.parent


class AppearanceQuerySet(models.QuerySet["Appearance"]):
    def of_edition(self, edition: Edition) -> "AppearanceQuerySet":
        return self.filter(session__day__edition=edition).select_related("session__day", "organisation", "speaker")

    def to_be_confirmed(self) -> "AppearanceQuerySet":
        return self.filter(state=AppearanceState.TO_BE_CONFIRMED)


class Appearance(Bilingual):
    """Who appears in a session, in which role; a person, an organisation, or a group known only by a label."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="appearances", verbose_name=_("session"))
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.SPEAKER)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="appearances",
        verbose_name=_("organisation"),
    )
    speaker = models.ForeignKey(
        Speaker, models.PROTECT, null=True, blank=True, related_name="appearances", verbose_name=_("speaker")
    )
    label = bilingual(
        models.CharField(
            _("printed as"),
            max_length=300,
            blank=True,
            help_text=_("If it is to be printed otherwise than the name."),
        )
    )
    state = models.CharField(
        _("state"), max_length=20, choices=AppearanceState, default=AppearanceState.TO_BE_CONFIRMED
    )
    ask = models.CharField(
        _("whom to call"), max_length=200, blank=True, help_text=_("Name and telephone number. Only staff see this.")
    )
    noted_on = models.DateField(default=clock.today, editable=False)  # who waits longest is asked first
    confirmed_by = models.CharField(_("who confirmed"), max_length=120, blank=True)
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)
    confirmed_how = models.CharField(_("confirmed how"), max_length=20, choices=ConfirmedHow, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = AppearanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("appearance")
        verbose_name_plural = _("appearances")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="appearance_names_somebody",
                condition=models.Q(organisation__isnull=False)
                | models.Q(speaker__isnull=False)
                | ~models.Q(label_en="")
                | ~models.Q(label_km=""),
                violation_error_message=_("Name a person, an organisation, or write how it is to be printed."),
            )
        ]

    def __str__(self) -> str:
        return str(self.label) or str(self.speaker or self.organisation)
