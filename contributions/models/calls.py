"""An open call: for what speakers are sought, until when, and what reviewers look at."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from agenda.choices import SpokenLanguage
from agenda.models import Session
from conference.fields import ChoicesField
from conference.language.translated import Bilingual, Text, in_either_language, line, prose
from conference.models import Edition


class Call(Bilingual):
    """What staff write is a draft. The public sees it as it was when staff pressed last: `published`."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="calls", verbose_name=_("edition"))
    title = line(_("title"))
    text = prose(_("text"), help_text=_("What you look for. Blank lines part paragraphs."))
    length = line(_("how long a contribution is"), help_text=_("“20 minutes, then 10 minutes of questions”."))
    pays = prose(_("what is paid"), help_text=_("Journey, room, fee; or say that nothing is paid."))
    languages = ChoicesField(_("languages in which one may speak"), options=SpokenLanguage)
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(
        _("deadline"), null=True, blank=True, help_text=_("To the second: what comes later is not taken.")
    )
    hides_names = models.BooleanField(
        _("reviewers do not see who proposes"),
        default=True,
        help_text=_(
            "Names, organisations, links and files are then hidden from reviewers everywhere, and from the lists of "
            "the staff until it is decided. Who proposed while they were hidden stays hidden, whatever you choose "
            "later."
        ),
    )
    published = models.JSONField(null=True, editable=False)  # proposals.publishing; None: the public sees nothing
    published_at = models.DateTimeField(_("published"), null=True, editable=False)

    class Meta:
        verbose_name = _("call for speakers")
        verbose_name_plural = _("calls for speakers")
        ordering = ["-edition__year", "closes_at", "pk"]
        constraints = [
            in_either_language("title"),
            models.CheckConstraint(
                name="call_closes_after_it_opens",
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(closes_at__gt=F("opens_at")),
                violation_error_message=_("The deadline must be after the opening."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def keeps_names_hidden(self) -> bool:
        """What the public was told holds, also while the draft says otherwise; so does what the draft says already."""
        return self.hides_names or bool(self.published and self.published["hides_names"])


class CallTopic(models.Model):
    """For what one may propose: an open session, a topic of a theme, a room; or a subject without a place yet."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="topics", verbose_name=_("call for speakers"))
    session = models.ForeignKey(
        Session,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("session or topic of the agenda"),
        help_text=_("It is filled when a proposal is accepted for it."),
    )
    name = line(_("name"), help_text=_("How it is called in the form; empty: as in the agenda."))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("topic of a call")
        verbose_name_plural = _("topics: for what one may propose")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return str(self.called) or "–"

    def clean(self) -> None:
        """No constraint of the database: it would hold on to a session that is to be deleted."""
        if not (self.session_id or self.name):
            raise ValidationError(_("Choose a session of the agenda, or write a name."))

    @property
    def called(self) -> Text:
        """Its own name, else the title of its session, else that of the session above."""
        if self.name or self.session is None:
            return self.name
        if self.session.title or self.session.parent is None:
            return self.session.title
        return self.session.parent.title


class Criterion(models.Model):
    """Reviewers give 1 to 5 for each."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="criteria", verbose_name=_("call for speakers"))
    name = line(_("criterion"), max_length=100)
    low = line(_("what 1 means"))
    high = line(_("what 5 means"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("criterion of a call")
        verbose_name_plural = _("criteria for the reviewers")
        ordering = ["position", "pk"]
        constraints = [in_either_language("name")]

    def __str__(self) -> str:
        return str(self.name)
