"""The outbox: messages wait here in the same transaction as what they tell of, and are sent afterwards.

No text is kept, and no address but one that is not the person's any more: both are taken when a message leaves
(messages.outbox, messages.emails). If the person has been erased meanwhile, nothing is sent.
"""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from conference import clock
from conference.fields import SiteMomentField
from conference.words import labelled
from registration.choices import ABOUT_COMING, OF_STANDING, SAID_ONCE, MessageKind, MessageState
from registration.models.letters import Letter
from registration.models.registration import Registration

# Of rows that have their turn (MessageQuerySet.next_to_call).
NEXT_TO_CALL = ("turn", "call_at", models.F("tried_at").asc(nulls_first=True), "created_at", "pk")
LONGEST_WAIT = timedelta(minutes=15)


class MessageQuerySet(models.QuerySet["Message"]):
    def due(self, now: datetime | None = None) -> "MessageQuerySet":
        """To be sent now: queued ones, and those whose sender has died in the middle.

        What is about coming stays unsent once the conference is over.
        """
        waiting = [MessageState.QUEUED, MessageState.SENDING]
        due = self.filter(state__in=waiting, due_at__lte=now or clock.now())
        return due.exclude(pk__in=due.too_late().values("pk")).order_by("due_at", "pk")

    def too_late(self) -> "MessageQuerySet":
        """What is about coming to a conference that is over."""
        return self.filter(kind__in=ABOUT_COMING, registration__edition__ends_on__lt=clock.today())

    def open_calls(self) -> "MessageQuerySet":
        return self.filter(state=MessageState.TO_CALL)

    def next_to_call(self) -> "MessageQuerySet":
        """In the order of the work: who asked to be called by now, then whom staff tried least lately.

        Who asked to be called later comes last.
        """
        return self.with_turn().order_by(*NEXT_TO_CALL)

    def with_turn(self) -> "MessageQuerySet":
        now = clock.now()
        turn = models.Case(models.When(call_at__lte=now, then=0), models.When(call_at__gt=now, then=2), default=1)
        return self.annotate(turn=turn)

    def sent_today_to(self, email: str) -> int:
        """How many left for an address in the last 24 hours, letters of the staff aside."""
        recent = self.filter(state=MessageState.SENT, done_at__gt=clock.now() - timedelta(days=1), letter=None)
        return recent.filter(registration__email__iexact=email).count()

    def overtaken_by(self, kind: str) -> "MessageQuerySet":
        """Older ones that a new message of this kind makes untrue or needless, and that still wait for anything."""
        older = OF_STANDING if kind in OF_STANDING else {kind} & SAID_ONCE
        delayed = models.Q(state=MessageState.QUEUED, attempts__gt=0)  # by the mail server: it would arrive later
        waits = delayed | models.Q(state__in=[MessageState.TO_CALL, MessageState.FAILED])
        return self.filter(waits, kind__in=older)

    def still_true(self) -> "MessageQuerySet":
        """Without what tells of a standing that the person no longer has."""
        newer = Message.objects.filter(
            registration=models.OuterRef("registration"), pk__gt=models.OuterRef("pk"), kind__in=OF_STANDING
        )
        return self.exclude(models.Exists(newer), kind__in=OF_STANDING)

    def waiting_too_long(self) -> "MessageQuerySet":
        """They are to go by e-mail, and did not leave within the time that a mail server needs on a bad day."""
        return self.waiting().filter(created_at__lt=clock.now() - LONGEST_WAIT)

    def waiting(self) -> "MessageQuerySet":
        """They are to go by e-mail; the oldest first."""
        waiting = self.filter(state__in=[MessageState.QUEUED, MessageState.SENDING])
        return waiting.exclude(pk__in=waiting.too_late().values("pk")).order_by("created_at")

    def failed(self) -> "MessageQuerySet":
        return self.filter(state=MessageState.FAILED)

    def people(self) -> models.QuerySet["Message", Any]:
        """Whom the messages are for, each once."""
        return self.order_by().values("registration").distinct()

    def still_to_be_told(self) -> "MessageQuerySet":
        return self.filter(state__in=[MessageState.QUEUED, MessageState.SENDING, MessageState.TO_CALL])


class Message(models.Model):
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # its Message-ID, also when sent again
    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="messages", verbose_name=_("registration")
    )
    kind = models.CharField(_("message"), max_length=20, choices=MessageKind)
    letter = models.ForeignKey(
        Letter, models.CASCADE, null=True, blank=True, related_name="messages", verbose_name=_("letter")
    )
    # Where the message goes if not to the person's contact of now; emptied when it has arrived.
    contact = models.CharField(_("told at"), max_length=254, blank=True, editable=False)
    state = models.CharField(_("state"), max_length=20, choices=MessageState, default=MessageState.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    due_at = models.DateTimeField(_("due"), default=clock.now)  # while it is being sent: the end of the lease
    tries = models.PositiveSmallIntegerField(_("calls without an answer"), default=0)
    tried_at = models.DateTimeField(_("last call without an answer"), null=True, blank=True)
    call_at = models.DateTimeField(_("to be called again"), null=True, blank=True)
    problem = models.CharField(_("problem"), max_length=100, blank=True)  # the kind of error, never its text
    created_at = SiteMomentField(_("written"), auto_now_add=True)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint("letter", "registration", name="a_letter_goes_to_a_person_once"),
        ]
        indexes = [models.Index(fields=["state", "due_at"], name="messages_to_send")]

    def __str__(self) -> str:
        return labelled(self.registration, self.get_kind_display())

    @property
    def email(self) -> str:
        """The address it goes to, or "" for a message that goes to no address."""
        if self.contact:
            return self.contact if "@" in self.contact[1:] else ""  # a Telegram name begins with it
        return self.registration.email
