"""Recordings of public pages, for those who would rather hear than read: with the words that are spoken."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from agenda.models.files import WithFiles, WithFilesQuerySet
from conference.files.recordings import ending_and_seconds, recording_path
from conference.models import Edition, Language


class HeardPage(models.TextChoices):
    HOME = "home", _("home page")
    BACKGROUND = "background", _("background")
    SIGN_UP_1 = "sign_up_1", _("sign-up form, page 1")
    SIGN_UP_2 = "sign_up_2", _("sign-up form, page 2")
    SIGN_UP_3 = "sign_up_3", _("sign-up form, page 3")
    PRIVACY = "privacy", _("data and privacy")


class Recording(WithFiles):
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="recordings", verbose_name=_("edition"))
    page = models.CharField(_("page"), max_length=20, choices=HeardPage)
    language = models.CharField(_("language"), max_length=2, choices=Language)
    sound = models.FileField(
        _("recording"),
        upload_to=recording_path,
        help_text=_("MP3 plays on every telephone, M4A and OGG on most. Short is best: a minute is half a megabyte."),
    )
    seconds = models.PositiveSmallIntegerField(editable=False)
    size = models.PositiveIntegerField(editable=False)
    text = models.TextField(_("what is spoken"), help_text=_("For those who do not hear it, and to know what it is."))

    objects = WithFilesQuerySet["Recording"].as_manager()

    class Meta:
        verbose_name = _("recording")
        verbose_name_plural = _("recordings")
        ordering = ["-edition__year", "page", "language"]
        constraints = [
            models.UniqueConstraint(
                "edition",
                "page",
                "language",
                name="one_recording_a_page_and_language",
                violation_error_message=_("This page has a recording in this language already: change that one."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_page_display()} ({self.get_language_display()})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        before = Recording.objects.filter(pk=self.pk).values_list("sound", flat=True).first()
        if before != self.sound.name:
            self.size = self.sound.size
            _ending, self.seconds = ending_and_seconds(self.sound)
        super().save(*args, **kwargs)

    @property
    def files(self) -> list[str]:
        return [self.sound.name or ""]


def recordings_in_use() -> set[str]:
    return set(Recording.objects.values_list("sound", flat=True))
