"""What staff write: their own words for a kind of message, and letters to many people."""

import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from conference import clock
from conference.language.translated import Text, bilingual, in_either_language
from conference.models import Edition
from conference.words import moment
from registration.choices import MessageKind
from registration.placeholders import refuse_unknown

TEXTS = ["subject_en", "subject_km", "body_en", "body_km"]

# Sent by hand to many people; the others follow from what happens to a registration.
LETTERS = [
    MessageKind.REMINDER,
    MessageKind.THANKS,
    MessageKind.CERTIFICATE,
    MessageKind.PROGRAMME,
    MessageKind.LETTER,
    MessageKind.LATER_EVENT,
]
# For these the site has no words of its own: they are written anew each time.
ALWAYS_WRITTEN = [MessageKind.PROGRAMME, MessageKind.LETTER, MessageKind.LATER_EVENT]
# Here the site alone speaks: it warns of what staff did.
NEVER_WRITTEN = [MessageKind.CONTACT]
WORDS_STAND_ELSEWHERE = _(
    "This message says what stands under “texts of messages”, not what is written below. For words of your own choose "
    "another message; or empty the fields."
)


class MessageText(models.Model):
    """What a kind of message says in an edition. What is left empty, the site says in its own words."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="message_texts", verbose_name=_("edition"))
    kind = models.CharField(
        _("message"),
        max_length=20,
        choices=[(kind.value, kind.label) for kind in MessageKind if kind not in ALWAYS_WRITTEN + NEVER_WRITTEN],
    )
    subject = bilingual(models.CharField(_("subject"), max_length=150, blank=True))
    body = bilingual(models.TextField(_("text"), max_length=5000, blank=True))

    class Meta:
        verbose_name = _("text of a message")
        verbose_name_plural = _("texts of messages")
        ordering = ["edition", "kind"]
        constraints = [
            models.UniqueConstraint(
                "edition",
                "kind",
                name="one_text_a_kind_of_message",
                violation_error_message=_("This edition has a text for this message already: change that one."),
            )
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    def clean(self) -> None:
        refuse_unknown(self.kind, {name: getattr(self, name) for name in TEXTS})

    @classmethod
    def of(cls, edition: Edition, kind: str) -> "MessageText | None":
        return cls.objects.filter(edition=edition.pk, kind=kind).first()

    def in_language(self, language: str) -> tuple[str, str]:
        """Subject and text; empty where the site's own words stand."""
        return getattr(self.subject, language), getattr(self.body, language)


class Written(models.Model):
    """What staff write to many people. Where it is empty, what stands under “texts of messages” is said."""

    subject = bilingual(models.CharField(_("subject"), max_length=150, blank=True))
    body = bilingual(models.TextField(_("text"), max_length=5000, blank=True))

    class Meta:
        abstract = True

    def in_language(self, language: str) -> tuple[str, str]:
        """Subject and text, in the other language where it is not written in this one."""
        return self.subject.shown(language)[0], self.body.shown(language)[0]

    @property
    def is_written(self) -> bool:
        return bool(self.body)

    @property
    def missing_language(self) -> str | None:
        """The language in which a part of it is missing, or None."""
        texts: list[Text] = [self.subject, self.body]
        return next((code for code, _n in settings.LANGUAGES if any(t and not getattr(t, code) for t in texts)), None)


class Letter(Written):
    """Something that staff sent to many people at once. Its messages point to it."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="letters", verbose_name=_("edition"))
    form_token = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)  # “Send” pressed twice sends once
    kind = models.CharField(_("message"), max_length=20, choices=[(kind.value, kind.label) for kind in LETTERS])
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, verbose_name=_("written by")
    )
    sent_at = models.DateTimeField(_("sent"), default=clock.now, editable=False)
    people = models.PositiveIntegerField(_("people"), default=0, editable=False)

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-sent_at", "-pk"]
        default_permissions = ("view",)
        permissions = [("write_letter", _("Can write to participants"))]
        constraints = [
            in_either_language(name, unless=~models.Q(kind__in=ALWAYS_WRITTEN)) for name in ("subject", "body")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {moment(self.sent_at)}"

    def clean(self) -> None:
        if self.kind not in ALWAYS_WRITTEN:  # the texts of these stand under “texts of messages”
            if self.kind and any(getattr(self, name) for name in TEXTS):
                raise ValidationError({"kind": WORDS_STAND_ELSEWHERE})
        else:
            demand_words(self)
        refuse_unknown(self.kind, {name: getattr(self, name) for name in TEXTS})


def demand_words(letter: Written) -> None:
    """Raises ValidationError where the subject or the text is in no language."""
    if missing := [name for name in ("subject", "body") if not getattr(letter, name)]:
        said = _("Write this text in at least one language, English or Khmer.")
        raise ValidationError({f"{name}_en": said for name in missing})
