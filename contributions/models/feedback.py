"""What people say of the conference and of its sessions, without their name and without an account."""

from datetime import date

from django.db import models
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from conference import clock
from conference.language.translated import Bilingual, prose
from conference.models import Edition
from registration.encryption.columns import EncryptedTextField


class Useful(TextChoices):
    VERY = "very", _("very useful")
    QUITE = "quite", _("quite useful")
    LITTLE = "little", _("of little use")
    NOT = "not", _("of no use")


class Followed(TextChoices):
    ALL = "all", _("yes, all of it")
    PARTLY = "partly", _("partly")
    HARDLY = "hardly", _("hardly, or not at all")


class CommentState(TextChoices):
    NONE = "", _("no comment")
    UNREAD = "unread", _("to be read")
    READ = "read", _("read, for staff alone")
    SHOWN = "shown", _("read, may be shown")


class FeedbackRound(Bilingual):
    """For which edition feedback is asked. Without a row no page asks for it."""

    edition = models.OneToOneField(Edition, models.CASCADE, related_name="feedback_round", verbose_name=_("edition"))
    until = models.DateField(
        _("until"), help_text=_("The last day on which feedback can be given. Afterwards the page shows the results.")
    )
    lead = prose(_("introduction"))

    class Meta:
        verbose_name = _("round of feedback")
        verbose_name_plural = _("rounds of feedback")
        ordering = ["-edition__year"]

    def __str__(self) -> str:
        return str(self.edition)

    @property
    def is_open(self) -> bool:
        return self.edition.starts_on <= clock.today() <= self.until

    @property
    def is_over(self) -> bool:
        return clock.today() > self.until


def today() -> date:
    return clock.today()


class FeedbackQuerySet(models.QuerySet["Feedback"]):
    def with_words(self) -> "FeedbackQuerySet":
        return self.filter(models.Q(good__isnull=False) | models.Q(better__isnull=False))


class Feedback(models.Model):
    """One form that was sent. It says of which day, never at what time: nothing links it to a person who was seen."""

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="feedback", verbose_name=_("edition"))
    # Of the session, as it is published: a session that staff delete takes no feedback with it.
    session_uuid = models.UUIDField(null=True, editable=False)
    form_token = models.UUIDField(unique=True, editable=False)
    useful = models.CharField(_("how useful it was"), max_length=10, choices=Useful, blank=True)
    followed = models.CharField(_("whether they could follow"), max_length=10, choices=Followed, blank=True)
    good = EncryptedTextField(_("what was good"), null=True, blank=True)
    better = EncryptedTextField(_("what should be better"), null=True, blank=True)
    comment_state = models.CharField(
        _("comment"), max_length=10, choices=CommentState, blank=True, default=CommentState.NONE
    )
    language = models.CharField(max_length=2, editable=False)
    on = models.DateField(_("day"), default=today, editable=False)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        ordering = ["-on", "-pk"]
        default_permissions = ("view", "change", "delete")
        indexes = [models.Index(fields=["edition", "session_uuid"])]

    def __str__(self) -> str:
        return str(_("Feedback %(number)s") % {"number": self.pk})
