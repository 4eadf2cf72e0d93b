"""Answers that lie apart from the registration: sensitive ones encrypted, each kind erasable alone."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from conference.fields import SiteMomentField
from conference.models import Edition
from conference.words import labelled
from registration.choices import DECIDED_COSTS, AgeBand, Agreement, Gender, Paid, Sharing, Subject, ToldHow, TravelMode
from registration.encryption.columns import EncryptedDictField, EncryptedListField, EncryptedTextField
from registration.models.registration import Registration, coming


class InclusionAnswers(models.Model):
    """What a person needs and who they say they are. Encrypted; inclusion officers alone may look."""

    registration = models.OneToOneField(
        Registration, models.CASCADE, related_name="inclusion_answers", verbose_name=_("registration")
    )
    languages = EncryptedListField(_("languages to follow"), default=list, blank=True)
    other_language = EncryptedTextField(_("which other language"), default="", blank=True)
    access_needs = EncryptedListField(_("access needs"), default=list, blank=True)
    access_note = EncryptedTextField(_("anything else about access"), default="", blank=True)
    assistant_name = EncryptedTextField(_("name of the assistant"), default="", blank=True)
    food = EncryptedListField(_("food"), default=list, blank=True)
    food_note = EncryptedTextField(_("which allergy or other food need"), default="", blank=True)
    gender = EncryptedTextField(_("gender"), choices=Gender, default="", blank=True)
    gender_words = EncryptedTextField(_("gender in own words"), default="", blank=True)
    age_band = EncryptedTextField(_("age group"), choices=AgeBand, default="", blank=True)
    groups = EncryptedListField(_("groups"), default=list, blank=True)
    groups_words = EncryptedTextField(_("another group"), default="", blank=True)
    # To the sensitive ones of the questions of our own, as models.extra has it; empty for a person who answered none.
    extra = EncryptedDictField(_("answers to questions of our own"), default=None, blank=True, null=True)

    class Meta:
        verbose_name = _("inclusion answers")
        verbose_name_plural = _("inclusion answers")
        permissions = [
            ("export_inclusionanswers", _("Can export sensitive answers, with a reason")),
            ("export_meals", _("Can take the numbers of meals")),
        ]

    def __str__(self) -> str:
        return str(self.registration)


# To open an encrypted column takes longer than to read the row: a list leaves those closed that it does not show.
NOT_TO_SIGN = ["share_with", "emergency_name", "emergency_phone"]
NOT_FOR_ROOMS = ["emergency_name", "emergency_phone"]


class TravelRequestQuerySet(models.QuerySet["TravelRequest"]):
    def undecided_first(self) -> "TravelRequestQuerySet":
        """Those of which some part is not decided, then the others; each by reference number."""
        parts = {f"decision__{part}__gt": "" for part in ("accommodation", "transport", "daily")}
        is_decided = models.Case(models.When(models.Q(**parts), then=True), default=False)
        return self.annotate(is_decided=is_decided).order_by("is_decided", "registration__code")

    def of(self, edition: Edition) -> "TravelRequestQuerySet":
        return self.filter(registration__edition=edition)

    def coming(self) -> "TravelRequestQuerySet":
        return self.filter(coming("registration__"))

    def worked_on(self) -> "TravelRequestQuerySet":
        """Something is decided, a bed given or money noted: the travel desk alone takes these back."""
        return self.exclude(decision=None, stays=None, expenses=None)

    def undecided(self) -> "TravelRequestQuerySet":
        """Of those who come, what the travel desk still has to decide."""
        return self.coming().undecided_first().filter(is_decided=False)  # type: ignore[misc] # no column

    def with_edition(self, pk: int) -> "TravelRequest | None":
        """One request together with its registration and edition, or None."""
        return self.select_related("registration__edition").filter(pk=pk).first()

    def with_decision(self) -> "TravelRequestQuerySet":
        return self.select_related("registration", "decision").order_by("registration__code")

    def to_pay(self, expenses: "models.QuerySet[Any]") -> "TravelRequestQuerySet":
        """Those who come and for whom an amount is decided or noted, with it and the name with which they sign."""
        amounts = models.Q(pk__in=expenses.values("travel_request"))
        for part in DECIDED_COSTS:
            amounts |= models.Q(**{f"decision__{part}_amount__gt": 0})
        rows = self.coming().filter(amounts).with_decision()
        return rows.defer(*NOT_TO_SIGN, "decision__note").prefetch_related("expenses")

    def may_sleep(self) -> "TravelRequestQuerySet":
        """Those who come and are not refused a bed, with what they wish of a room."""
        rows = self.coming().exclude(decision__accommodation=Paid.NO).select_related("registration")
        return rows.defer("name_on_id", *NOT_FOR_ROOMS).order_by("registration__code")


class TravelRequest(models.Model):
    """A person from another province asks ODC to pay journey and room."""

    registration = models.OneToOneField(
        Registration, models.CASCADE, related_name="travel_request", verbose_name=_("registration")
    )
    nights = models.JSONField(_("nights"), default=list, blank=True)  # ISO dates of the evenings
    mode = models.CharField(_("means of travel"), max_length=20, choices=TravelMode, blank=True)
    sharing = models.CharField(_("room"), max_length=20, choices=Sharing, blank=True)
    share_with = EncryptedTextField(_("shares the room with"), default="", blank=True)
    step_free_room = models.BooleanField(_("a room without steps"), default=False)
    name_on_id = EncryptedTextField(_("name as on the ID card"), default="", blank=True)
    emergency_name = EncryptedTextField(_("emergency contact"), default="", blank=True)
    emergency_phone = EncryptedTextField(_("telephone of the emergency contact"), default="", blank=True)

    objects = TravelRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("travel request")
        verbose_name_plural = _("travel requests")

    def __str__(self) -> str:
        return str(self.registration)


ELSEWHERE = "elsewhere"  # then the day: another form than ours asked, in its own words


class Consent(models.Model):
    """One answer to one question of agreement, with the wording that was shown. A new answer is a new row."""

    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="consents", verbose_name=_("registration")
    )
    subject = models.CharField(_("subject"), max_length=20, choices=Subject)
    answer = models.CharField(_("answer"), max_length=20, choices=Agreement)
    wording = models.CharField(_("version of the wording"), max_length=20)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    by_helper = models.BooleanField(_("said by a helper"), default=False)
    # How staff were told, who wrote it down for the person (own_page.changing); empty: the person answered themselves.
    told_how = models.CharField(
        _("told to staff"), max_length=20, choices=ToldHow, blank=True, default="", db_default=""
    )
    given_at = SiteMomentField(_("given"), auto_now_add=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["given_at", "pk"]

    def __str__(self) -> str:
        return labelled(self.registration, self.get_subject_display())

    @property
    def elsewhere_on(self) -> date | None:
        """The day on which it was said to another form than ours."""
        where, _space, day = self.wording.partition(" ")
        return date.fromisoformat(day) if where == ELSEWHERE else None
