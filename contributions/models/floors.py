"""Where people speak up: questions in a session, inputs to a draft text, and the notes of groups.

What was said and who said it lie in two tables. The second is encrypted, seen by few, and erased with the people.
"""

import uuid

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agenda.models import Session
from conference.fields import SiteMomentField
from conference.language.khmer import KHMER_LETTER
from conference.language.translated import Bilingual, Text, bilingual
from conference.models import Edition
from registration.encryption.columns import EncryptedTextField

# Without vowels a code spells no word; without letters and digits that look alike it can be read aloud.
CODE_LETTERS = "23456789bcdfghjkmnpqrstvwxyz"
NO_TITLE = _("Write this text in at least one language, English or Khmer.")
OF_ANOTHER_YEAR = _("This session is of another year. Choose one of the same.")
NOT_ITS_PIECE = _("This is a piece of another draft text. Choose one of the same.")
LONGEST_VOICE, LONGEST_NOTE = 2000, 20_000  # letters


def new_floor_code() -> str:
    return get_random_string(5, CODE_LETTERS)


def new_code() -> str:
    return get_random_string(8, CODE_LETTERS)


class Takes(models.TextChoices):
    QUESTIONS = "questions", _("questions in a session")
    INPUTS = "inputs", _("inputs to a draft text or a topic")


class Moderation(models.TextChoices):
    BEFORE = "before", _("staff look first: nothing is shown before")
    AFTER = "after", _("shown at once: staff can hide it")


class VoiceState(models.TextChoices):
    WAITING = "waiting", _("waits for a look")
    SHOWN = "shown", _("shown")
    HIDDEN = "hidden", _("hidden")
    WITHDRAWN = "withdrawn", _("taken back by the writer")


class Handled(models.TextChoices):
    """What became of a question in the hall."""

    OPEN = "", pgettext_lazy("question", "open")
    ANSWERED = "answered", pgettext_lazy("question", "answered")
    PARKED = "parked", pgettext_lazy("question", "parked for later")


class LinkKind(models.TextChoices):
    FACILITATOR = "facilitator", _("facilitator of the hall")
    NOTE_TAKER = "note_taker", _("note-taker of a group")


class Floor(Bilingual):
    """One session, draft text or topic to which people may write."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="floors", verbose_name=_("edition"))
    code = models.CharField(max_length=10, unique=True, default=new_floor_code, editable=False)
    session = models.OneToOneField(
        Session,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("session"),
        help_text=_("Its title stands above the page once it is published. Leave it empty for a draft text."),
    )
    title = bilingual(models.CharField(_("title"), max_length=300, blank=True))
    intro = bilingual(
        models.TextField(
            _("introduction"), blank=True, help_text=_("What is asked, and what happens with what people write.")
        )
    )
    takes = models.CharField(_("what people write"), max_length=20, choices=Takes, default=Takes.QUESTIONS)
    moderation = models.CharField(_("moderation"), max_length=10, choices=Moderation, default=Moderation.BEFORE)
    is_public = models.BooleanField(_("public"), default=False)
    is_open = models.BooleanField(
        _("open for writing"), default=True, help_text=_("Closed: what is shown can still be read.")
    )
    takes_likes = models.BooleanField(_("readers may like what others wrote"), default=True)
    draft_en = models.TextField(_("draft text (in English)"), blank=True, editable=False)
    draft_km = models.TextField(_("draft text (in Khmer)"), blank=True, editable=False)

    class Meta:
        verbose_name = pgettext_lazy("where people write", "open floor")
        verbose_name_plural = pgettext_lazy("where people write", "open floors")
        ordering = ["-edition__year", "pk"]

    def __str__(self) -> str:
        return str(self.title or (self.session.title if self.session else "")) or self.code

    def clean(self) -> None:
        """No constraint of the database: it would hold on to a session that is to be deleted."""
        if not (self.session_id or self.title):
            raise ValidationError({"title_en": NO_TITLE})
        if self.session and self.session.day.edition_id != self.edition_id:
            raise ValidationError({"session": OF_ANOTHER_YEAR})

    def get_absolute_url(self) -> str:
        return reverse("contributions:floor", args=[self.edition.year, self.code])


class Piece(models.Model):
    """A numbered piece of a draft text: an article, a topic. Staff paste the text; it is cut and paired."""

    floor = models.ForeignKey(Floor, models.CASCADE, related_name="pieces", verbose_name=_("open floor"))
    position = models.PositiveSmallIntegerField(_("position"))
    number = models.CharField(_("number"), max_length=20)  # as the text counts: "3", "3.1"; made by us where it is not
    heading = bilingual(models.CharField(_("heading"), max_length=300, blank=True))
    text = bilingual(models.TextField(_("text"), blank=True))
    is_gone = models.BooleanField(_("no longer in the draft"), default=False)

    class Meta:
        verbose_name = _("piece of the draft")
        verbose_name_plural = _("pieces of the draft")
        ordering = ["position", "pk"]
        default_permissions = ()
        constraints = [models.UniqueConstraint("floor", "number", name="one_piece_a_number")]

    def __str__(self) -> str:
        return str(self.heading) or self.number


class VoiceQuerySet(models.QuerySet["Voice"]):
    def shown(self) -> "VoiceQuerySet":
        """What readers see. One that is merged stands behind the one into which it went."""
        return self.filter(state=VoiceState.SHOWN, merged_into=None)

    def most_wanted_first(self) -> "VoiceQuerySet":
        """`alike`: how many say the same, without what is hidden."""
        alike = Count("merged", filter=~Q(merged__state=VoiceState.HIDDEN))
        return self.annotate(alike=alike).order_by("-likes", "-alike", "pk")

    def counting(self) -> "VoiceQuerySet":
        """What a statement may stand on: all that was neither hidden nor taken back."""
        return self.exclude(state__in=[VoiceState.HIDDEN, VoiceState.WITHDRAWN])


class Voice(models.Model):
    """One question, or one input. Who wrote it is not in this table."""

    floor = models.ForeignKey(Floor, models.PROTECT, related_name="voices", verbose_name=_("open floor"))
    piece = models.ForeignKey(
        Piece, models.PROTECT, null=True, blank=True, related_name="voices", verbose_name=_("about")
    )
    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    link_version = models.PositiveSmallIntegerField(default=0, editable=False)
    form_token = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)  # sent twice, it counts once
    text = models.TextField(_("text"), validators=[MaxLengthValidator(LONGEST_VOICE)])
    is_spoken = models.BooleanField(_("was said in the hall, and typed"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=VoiceState, default=VoiceState.WAITING)
    handled = models.CharField(pgettext_lazy("question", "in the hall"), max_length=10, choices=Handled, blank=True)
    merged_into = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
        verbose_name=_("same as"),
    )
    likes = models.PositiveIntegerField(_("likes"), default=0, editable=False)
    created_at = SiteMomentField(_("written"), auto_now_add=True)

    objects = VoiceQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("what a person wrote", "input")
        verbose_name_plural = pgettext_lazy("what a person wrote", "questions and inputs")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["floor", "state", "-likes"], name="voices_of_a_floor")]

    def __str__(self) -> str:
        return self.text if len(self.text) <= 60 else f"{self.text[:59]}…"

    def clean(self) -> None:
        if self.piece and self.piece.floor_id != self.floor_id:
            raise ValidationError({"piece": NOT_ITS_PIECE})

    @property
    def language(self) -> str:
        return "km" if KHMER_LETTER.search(self.text) else "en"


class Sender(models.Model):
    """Who wrote it, where they chose to say so, and how they can be told what came of it."""

    voice = models.OneToOneField(Voice, models.CASCADE, related_name="sender", verbose_name=_("input"))
    name = EncryptedTextField(_("name"), null=True)
    contact = EncryptedTextField(_("contact"), null=True)
    language = models.CharField(_("language"), max_length=2)
    told_at = models.DateTimeField(_("told what came of it"), null=True, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("of an input", "writer")
        verbose_name_plural = pgettext_lazy("of an input", "writers")
        default_permissions = ("view",)

    def __str__(self) -> str:
        return str(self.voice_id)


class Like(models.Model):
    """One browser liked one input. The mark is a keyed hash of both: it tells no two likes of one browser to be so."""

    voice = models.ForeignKey(Voice, models.CASCADE, related_name="marks")
    mark = models.CharField(max_length=64)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint("voice", "mark", name="one_like_a_browser")]

    def __str__(self) -> str:
        return str(self.voice_id)


class FloorLink(models.Model):
    """An own link of a facilitator, or of a note-taker. Staff take it away by closing it, or make another."""

    floor = models.ForeignKey(Floor, models.CASCADE, related_name="links", verbose_name=_("open floor"))
    kind = models.CharField(_("kind"), max_length=20, choices=LinkKind)
    label = models.CharField(_("whose it is"), max_length=100, blank=True, help_text=_("“Table 3”, “Room B”."))
    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    link_version = models.PositiveSmallIntegerField(default=0, editable=False)
    is_open = models.BooleanField(_("link in use"), default=True)

    class Meta:
        verbose_name = _("own link")
        verbose_name_plural = _("own links")
        ordering = ["kind", "pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.label or str(self.get_kind_display())


class Note(models.Model):
    """What a note-taker wrote down of a group's discussion. Of one link there is one."""

    link = models.OneToOneField(FloorLink, models.PROTECT, related_name="note", verbose_name=_("own link"))
    said = models.TextField(_("what was said"), blank=True)
    agreed = models.TextField(_("points of agreement"), blank=True)
    differed = models.TextField(_("points of difference"), blank=True)
    proposals = models.TextField(_("proposals"), blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    saved_at = SiteMomentField(_("saved"), auto_now=True)

    class Meta:
        verbose_name = _("note of a group")
        verbose_name_plural = _("notes of groups")
        ordering = ["link__floor", "link"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return str(self.link)


def floors_with_numbers(floors: QuerySet[Floor]) -> QuerySet[Floor]:
    """With how much was written, and how much of it waits."""
    waiting = Count("voices", filter=Q(voices__state=VoiceState.WAITING), distinct=True)
    return floors.annotate(number=Count("voices", distinct=True), waiting=waiting)


def about(voice_floor: Floor, piece: Piece | None) -> Text:
    """To what an input belongs, in both languages."""
    if piece is None:
        return voice_floor.title
    heading: Text = piece.heading
    return heading or Text(piece.number, piece.number)
