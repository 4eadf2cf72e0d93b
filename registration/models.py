"""Who is coming. Sensitive answers lie in tables of their own, encrypted, each erasable alone."""

import re
import uuid

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from agenda.models import Day
from conference.khmer import ascii_digits, match_key
from conference.models import Edition, phone_e164
from registration.choices import (
    HOLDING_A_PLACE,
    AgeBand,
    Channel,
    Gender,
    Look,
    Part,
    PhoneOwner,
    PhotoAnswer,
    Province,
    Sector,
    Sharing,
    Status,
    Subject,
    TravelMode,
)
from registration.encrypted import EncryptedListField, EncryptedTextField

telegram_name = RegexValidator(
    r"^(@[A-Za-z0-9_]{4,32}|\+[1-9]\d{6,14})$", _("Write a Telegram name such as @sokdara.")
)

CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that is mistaken for something else when read aloud
CODE_LENGTH = 7


def new_code():
    return get_random_string(CODE_LENGTH, CODE_LETTERS)


class Intake(models.Model):
    """How an edition takes people in. Its row is also the lock that makes sign-ups queue (registration.signup)."""

    edition = models.OneToOneField(Edition, models.CASCADE, related_name="intake", verbose_name=_("edition"))
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True, help_text=_("Empty: open from now on."))
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True, help_text=_("Empty: until staff close it."))
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True, help_text=_("Empty: no limit."))
    needs_approval = models.BooleanField(_("staff decide on each registration"), default=False)
    erase_sensitive_on = models.DateField(_("access, food and travel answers are erased on"), null=True, blank=True)
    erase_all_on = models.DateField(_("all personal data is erased on"), null=True, blank=True)
    turn = models.PositiveBigIntegerField(default=0, editable=False)  # written first in every sign-up: the lock

    class Meta:
        verbose_name = _("intake")
        verbose_name_plural = _("intakes")
        constraints = [
            models.CheckConstraint(
                name="intake_closes_after_it_opens",
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(closes_at__gt=models.F("opens_at")),
                violation_error_message=_("Registration must close after it opens."),
            )
        ]

    def __str__(self):
        return str(self.edition)

    @classmethod
    def of(cls, edition):
        """How an edition takes people in, or None where nobody has set it up."""
        return cls.objects.filter(edition=edition.pk).first()

    @property
    def is_yet_to_open(self):
        return self.opens_at is not None and timezone.now() < self.opens_at

    @property
    def is_open(self):
        return not self.is_yet_to_open and (self.closes_at is None or timezone.now() < self.closes_at)


class RegistrationQuerySet(models.QuerySet):
    def holding_a_place(self):
        return self.filter(status__in=HOLDING_A_PLACE)

    def with_answers(self, pk):
        """One registration together with its inclusion answers, or None."""
        return self.filter(pk=pk).select_related("inclusion_answers").first()

    def matching(self, typed):
        """Whatever the staff have at hand: a name in either script, however typed, a number, an address."""
        typed = typed.strip()
        if not typed:
            return self
        tests = Q(organisation__icontains=typed) | Q(email__icontains=typed) | Q(telegram__icontains=typed)
        if key := match_key(typed):
            tests |= Q(name_km_key__contains=key) | Q(name_latin_key__contains=key)
        if code := re.sub(r"[^0-9A-Z]", "", typed.upper()):
            tests |= Q(code__startswith=code)
        if digits := re.sub(r"[^0-9]", "", ascii_digits(typed)).lstrip("0"):
            tests |= Q(phone__contains=digits)
        return self.filter(tests)


class Registration(models.Model):
    """One participant of an edition: who, how to reach them, how they take part. Nothing sensitive."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="registrations", verbose_name=_("edition"))
    code = models.CharField(_("reference number"), max_length=12, unique=True, default=new_code, editable=False)
    form_token = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)  # one form sent twice is one person
    status = models.CharField(_("status"), max_length=20, choices=Status)
    channel = models.CharField(_("came by"), max_length=20, choices=Channel, default=Channel.WEB)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        verbose_name=_("entered by"),
    )
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)

    name_km = models.CharField(_("name in Khmer"), max_length=120, blank=True)
    name_latin = models.CharField(_("name in Latin letters"), max_length=120, blank=True)
    name_km_key = models.CharField(max_length=400, blank=True, editable=False, db_index=True)
    name_latin_key = models.CharField(max_length=400, blank=True, editable=False, db_index=True)
    phone = models.CharField(_("telephone"), max_length=16, blank=True, validators=[phone_e164])
    phone_owner = models.CharField(_("whose telephone"), max_length=20, choices=PhoneOwner, blank=True)
    telegram = models.CharField(_("Telegram"), max_length=40, blank=True, validators=[telegram_name])
    email = models.EmailField(_("e-mail"), blank=True)

    organisation = models.CharField(_("organisation or group"), max_length=200, blank=True)
    sector = models.CharField(_("sector"), max_length=20, choices=Sector)
    part = models.CharField(_("takes part as"), max_length=20, choices=Part)
    days = models.ManyToManyField(Day, related_name="registrations", verbose_name=_("days"))
    province = models.CharField(_("province"), max_length=10, choices=Province)

    created_at = models.DateTimeField(_("registered"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["-created_at", "-pk"]
        permissions = [("export_registration", _("Can export the list of participants"))]
        constraints = [
            models.CheckConstraint(
                name="registration_has_a_name",
                condition=~Q(name_km="", name_latin=""),
                violation_error_message=_("Write the name in Khmer, in Latin letters, or both."),
            ),
            models.CheckConstraint(
                name="registration_can_be_reached",
                condition=~Q(phone="", telegram="", email=""),
                violation_error_message=_("Give a telephone number, a Telegram name or an e-mail address."),
            ),
        ]

    def __str__(self):
        """Never a name: Django's admin log keeps this text for ever."""
        return self.spoken_code

    def save(self, *args, **kwargs):
        self.name_km_key = match_key(self.name_km)
        self.name_latin_key = match_key(self.name_latin)
        super().save(*args, **kwargs)

    @property
    def spoken_code(self):
        return f"{self.code[:3]}-{self.code[3:]}"


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

    class Meta:
        verbose_name = _("inclusion answers")
        verbose_name_plural = _("inclusion answers")

    def __str__(self):
        return str(self.registration)

    @property
    def tells_who(self):
        """The skippable page was answered, at least in part."""
        return bool(self.gender or self.gender_words or self.age_band or self.groups or self.groups_words)


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

    class Meta:
        verbose_name = _("travel request")
        verbose_name_plural = _("travel requests")

    def __str__(self):
        return str(self.registration)


class Consent(models.Model):
    """One answer to one question of agreement, with the wording that was shown. A new answer is a new row."""

    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="consents", verbose_name=_("registration")
    )
    subject = models.CharField(_("subject"), max_length=20, choices=Subject)
    answer = models.CharField(_("answer"), max_length=20, choices=PhotoAnswer)
    wording = models.CharField(_("version of the wording"), max_length=20)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    given_at = models.DateTimeField(_("given"), auto_now_add=True)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["given_at", "pk"]

    def __str__(self):
        return f"{self.registration}: {self.get_subject_display()}"


class AccessLog(models.Model):
    """Who looked at sensitive answers or took a list away, when and which columns; never the answers."""

    at = models.DateTimeField(_("when"), auto_now_add=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("who"))
    look = models.CharField(_("what"), max_length=20, choices=Look)
    subject = models.CharField(_("of what"), max_length=200)
    columns = models.TextField(_("columns"), blank=True)
    count = models.PositiveIntegerField(_("records"), default=1)

    class Meta:
        verbose_name = _("access log entry")
        verbose_name_plural = _("access log")
        ordering = ["-at", "-pk"]
        default_permissions = ("view",)

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.get_look_display()}: {self.subject}"
