"""What came out: statements, each with the inputs and notes on which it stands, and the reports made of them."""

import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from conference.fields import SiteMomentField
from conference.language.translated import Bilingual, bilingual, in_either_language
from conference.models import Edition
from conference.words import digits
from contributions.models.floors import NOT_ITS_PIECE, Floor, Note, Piece, Voice


class Became(models.TextChoices):
    """What the ministry did with a statement."""

    NOT_KNOWN = "", _("not known yet")
    TAKEN_UP = "taken_up", _("taken up")
    PARTLY = "partly", _("taken up in part")
    NOT_TAKEN_UP = "not_taken_up", _("not taken up")


class Statement(Bilingual):
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="statements", verbose_name=_("edition"))
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.PositiveSmallIntegerField(_("number"), help_text=_("By which the report calls it."))
    floor = models.ForeignKey(
        Floor, models.PROTECT, null=True, blank=True, related_name="statements", verbose_name=_("theme or draft text")
    )
    piece = models.ForeignKey(
        Piece, models.PROTECT, null=True, blank=True, related_name="statements", verbose_name=_("article or topic")
    )
    text = bilingual(models.TextField(_("statement"), blank=True))
    became = models.CharField(_("what became of it"), max_length=20, choices=Became, blank=True)
    answer = bilingual(models.TextField(_("answer of the ministry"), blank=True))
    voices = models.ManyToManyField(Voice, related_name="statements", blank=True, editable=False)
    notes = models.ManyToManyField(Note, related_name="statements", blank=True, editable=False)

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["-edition__year", "number"]
        constraints = [
            in_either_language("text"),
            models.UniqueConstraint(
                "edition",
                "number",
                name="one_statement_a_number",
                violation_error_message=_("Another statement has this number."),
            ),
        ]

    def __str__(self) -> str:
        said = str(self.text)
        return f"{digits(self.number)}. {said if len(said) <= 80 else said[:79] + '…'}"

    def clean(self) -> None:
        if self.piece and self.piece.floor_id != self.floor_id:
            raise ValidationError({"piece": NOT_ITS_PIECE})


class OutcomeVersion(models.Model):
    """A published report on what came out, as it was. Written once, by contributions.outcomes.publishing."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="outcome_versions", verbose_name=_("edition"))
    number = models.PositiveIntegerField(_("number"))
    data = models.JSONField(_("statements"))
    published_at = SiteMomentField(_("published on"), auto_now_add=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, verbose_name=_("published by"), related_name="+"
    )

    class Meta:
        verbose_name = _("published report of outcomes")
        verbose_name_plural = _("published reports of outcomes")
        ordering = ["-edition__year", "-number"]
        default_permissions = ("view",)
        permissions = [("publish_outcomes", _("Can publish the outcomes"))]
        constraints = [models.UniqueConstraint("edition", "number", name="one_outcome_version_a_number")]

    def __str__(self) -> str:
        number, year = digits(self.number), digits(self.edition.year)
        return gettext("Version %(number)s of %(year)s") % {"number": number, "year": year}
