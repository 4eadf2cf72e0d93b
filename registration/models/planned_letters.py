"""Letters that go by themselves at a day and time that staff have given."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from conference import clock
from conference.language.translated import in_either_language
from conference.models import Edition
from conference.words import moment
from registration.choices import HeldBack, LetterState, Occasion, Readers
from registration.models.letters import ALWAYS_WRITTEN, LETTERS, TEXTS, Letter, Written, demand_words
from registration.models.registration import Registration
from registration.placeholders import refuse_unknown


class PlannedLetterQuerySet(models.QuerySet["PlannedLetter"]):
    def on(self) -> "PlannedLetterQuerySet":
        return self.filter(state=LetterState.ON)

    def due(self) -> "PlannedLetterQuerySet":
        return self.on().filter(due_at__lte=clock.now())

    def held(self) -> "PlannedLetterQuerySet":
        return self.filter(state=LetterState.HELD)

    def off_before(self, until: datetime) -> "PlannedLetterQuerySet":
        """Their time comes until then, and no person has switched them on."""
        return self.filter(state=LetterState.OFF, due_at__gt=clock.now(), due_at__lte=until)


class PlannedLetter(Written):
    """A letter by date. It goes only after a person has seen it as it is now: what is changed is switched off again.

    Once it went, `letter` is what was sent: its form token is that of the plan, so that it is sent once.
    """

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="planned_letters", verbose_name=_("edition"))
    form_token = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    occasion = models.CharField(_("reminder"), max_length=20, choices=Occasion, blank=True, editable=False)
    kind = models.CharField(_("message"), max_length=20, choices=[(kind.value, kind.label) for kind in LETTERS])
    readers = models.CharField(_("to whom"), max_length=20, choices=Readers, default=Readers.PLACE)
    due_at = models.DateTimeField(_("goes on"))
    state = models.CharField(_("state"), max_length=20, choices=LetterState, default=LetterState.OFF, editable=False)
    problem = models.CharField(_("problem"), max_length=20, choices=HeldBack, blank=True, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)  # how often staff have changed it
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("written by"),
    )
    switched_on_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("switched on by"),
    )
    letter = models.OneToOneField(
        Letter, models.SET_NULL, null=True, editable=False, related_name="planned", verbose_name=_("letter")
    )

    objects = PlannedLetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter by date")
        verbose_name_plural = _("letters by date")
        ordering = ["-due_at", "-pk"]
        default_permissions = ()  # who may write to participants may do all here (Letter)
        constraints = [
            *(in_either_language(name, unless=~models.Q(kind__in=ALWAYS_WRITTEN)) for name in ("subject", "body")),
            models.UniqueConstraint(
                "edition", "occasion", condition=~models.Q(occasion=""), name="one_reminder_an_occasion"
            ),
        ]
        indexes = [models.Index(fields=["state", "due_at"], name="letters_to_go")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {moment(self.due_at)}"

    def clean(self) -> None:
        if self.kind in ALWAYS_WRITTEN or any(getattr(self, name) for name in TEXTS):
            demand_words(self)
        refuse_unknown(self.kind, {name: getattr(self, name) for name in TEXTS})

    @property
    def is_late(self) -> bool:
        return self.due_at <= clock.now()


class LetterReader(models.Model):
    """One of those whom staff have chosen in the list."""

    letter = models.ForeignKey(PlannedLetter, models.CASCADE, related_name="chosen")
    registration = models.ForeignKey(Registration, models.CASCADE, related_name="letters_by_date")

    class Meta:
        verbose_name = _("reader of a letter")
        verbose_name_plural = _("readers of letters")
        default_permissions = ()
        constraints = [models.UniqueConstraint("letter", "registration", name="a_reader_once")]

    def __str__(self) -> str:
        return str(self.registration)
