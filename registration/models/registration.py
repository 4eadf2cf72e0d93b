"""One participant: who, how to reach them, how they take part. Nothing sensitive."""

import uuid

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.crypto import get_random_string, salted_hmac
from django.utils.translation import gettext_lazy as _

from agenda.models import Day
from conference.khmer import match_key
from conference.models import Edition, phone_e164
from registration.choices import (
    HOLDING_A_PLACE,
    Channel,
    Part,
    PhoneOwner,
    Province,
    Sector,
    Status,
    YesNo,
)
from registration.models.people import KEY_LENGTH, RegistrationQuerySet

telegram_name = RegexValidator(
    r"^(@[A-Za-z0-9_]{4,32}|\+[1-9]\d{6,14})$", _("Write a Telegram name such as @sokdara.")
)

CODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that is mistaken for something else when read aloud
CODE_LENGTH = 7
PERSON_SALT = "registration.person_key"
# The name and the Telegram name of an erased person: the table demands both, and no living person can have this one.
ERASED_WORD = "(erased)"


def new_code():
    return get_random_string(CODE_LENGTH, CODE_LETTERS)


def spoken(code):
    """In two parts, as it is read aloud and written down."""
    return f"{code[:3]}-{code[3:]}"


def person_key(email, name_key):
    """The same for the same name at the same address, and told from neither."""
    return salted_hmac(PERSON_SALT, f"{email.lower()}\n{name_key}", algorithm="sha256").hexdigest()


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
    # Whoever is signed up by somebody else may have no contact of their own: the helper must stay.
    helper = models.ForeignKey(
        "registration.Helper",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="registrations",
        verbose_name=_("signed up by"),
    )
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)

    name_km = models.CharField(_("name in Khmer"), max_length=120, blank=True)
    name_latin = models.CharField(_("name in Latin letters"), max_length=120, blank=True)
    name_km_key = models.CharField(max_length=KEY_LENGTH, blank=True, editable=False, db_index=True)
    name_latin_key = models.CharField(max_length=KEY_LENGTH, blank=True, editable=False, db_index=True)
    # NULL, for a unique constraint would take two empty ones for the same.
    person_key = models.CharField(max_length=64, null=True, blank=True, editable=False)  # noqa: DJ001 -- as said above
    phone = models.CharField(_("telephone"), max_length=16, blank=True, validators=[phone_e164])
    phone_owner = models.CharField(_("whose telephone"), max_length=20, choices=PhoneOwner, blank=True)
    telegram = models.CharField(_("Telegram"), max_length=40, blank=True, validators=[telegram_name])
    email = models.EmailField(_("e-mail"), blank=True)

    organisation = models.CharField(_("organisation or group"), max_length=200, blank=True)
    sector = models.CharField(_("sector"), max_length=20, choices=Sector)
    part = models.CharField(_("takes part as"), max_length=20, choices=Part)
    days = models.ManyToManyField(
        Day, through="registration.DayChoice", related_name="registrations", verbose_name=_("days")
    )
    province = models.CharField(_("province"), max_length=10, choices=Province)
    hackathon = models.CharField(_("interested in the hackathon"), max_length=3, choices=YesNo, blank=True)

    # Where the registration stands. Only registration.signup changes these, under the lock.
    confirmed_by_hand = models.BooleanField(_("place given by staff"), default=False, editable=False)
    place_no = models.PositiveIntegerField(_("place"), null=True, blank=True, editable=False)
    waiting_since = models.DateTimeField(_("waiting since"), null=True, blank=True, editable=False)
    offered_until = models.DateTimeField(_("offered until"), null=True, blank=True, editable=False)
    decline_reason = models.TextField(_("reason for declining"), blank=True, editable=False)
    link_version = models.PositiveSmallIntegerField(default=1, editable=False)  # raised to revoke the person's link

    created_at = models.DateTimeField(_("registered"), auto_now_add=True)
    updated_at = models.DateTimeField(_("last changed"), auto_now=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["-created_at", "-pk"]
        permissions = [
            ("export_registration", _("Can export the list of participants")),
            ("view_figures", _("Can see the figures")),
            ("merge_registration", _("Can merge two registrations into one")),
        ]
        indexes = [
            models.Index("edition", "phone", name="registration_by_phone"),
            models.Index("edition", Lower("telegram"), name="registration_by_telegram"),
            models.Index("edition", Lower("email"), name="registration_by_email"),
        ]
        constraints = [
            models.CheckConstraint(
                name="registration_has_a_name",
                condition=~Q(name_km="", name_latin=""),
                violation_error_message=_("Write the name in Khmer, in Latin letters, or both."),
            ),
            models.CheckConstraint(
                name="registration_can_be_reached",
                condition=~Q(phone="", telegram="", email="", helper=None),
                violation_error_message=_("Give a telephone number, a Telegram name or an e-mail address."),
            ),
            # The second wall: even code that forgets the lock cannot give one place to two people.
            models.UniqueConstraint("edition", "place_no", name="one_person_a_place"),
            # The same for code that forgets to look whether somebody stands here already.
            models.UniqueConstraint("edition", "person_key", name="one_person_once"),
            models.CheckConstraint(
                name="place_belongs_to_who_holds_one",
                condition=Q(status__in=HOLDING_A_PLACE, place_no__isnull=False)
                | (~Q(status__in=HOLDING_A_PLACE) & Q(place_no=None)),
            ),
            models.CheckConstraint(
                name="only_the_waiting_list_waits",
                condition=Q(status=Status.WAITING, waiting_since__isnull=False)
                | (~Q(status=Status.WAITING) & Q(waiting_since=None)),
            ),
            models.CheckConstraint(
                name="only_an_offer_has_an_end",
                condition=Q(status=Status.OFFERED, offered_until__isnull=False)
                | (~Q(status=Status.OFFERED) & Q(offered_until=None)),
            ),
        ]

    def __str__(self):
        """Never a name: Django's admin log keeps this text for ever."""
        return self.spoken_code

    def save(self, *args, is_kept=True, **kwargs):
        """`is_kept` is false for a row that signing up takes back at once, beside the row of the same person."""
        self.set_keys()
        if not is_kept:
            self.person_key = None
        super().save(*args, **kwargs)

    def set_keys(self):
        """What names are compared by, and what keeps one person from standing here twice (one_person_once).

        Who stands here may take the name and address of another, on their own page. The answer must not tell that the
        other is registered: the row is saved without a key, and staff find both as look-alikes and merge them. Every
        save of a row asks whether its key is taken, so that it costs the same for a double as for anybody else.
        """
        self.name_km_key = match_key(self.name_km)[:KEY_LENGTH]
        self.name_latin_key = match_key(self.name_latin)[:KEY_LENGTH]
        name_key = self.name_km_key or self.name_latin_key
        is_one = self.email and name_key and self.status != Status.CANCELLED
        self.person_key = person_key(self.email, name_key) if is_one else None
        if self.person_key and not self._state.adding and self._is_taken(self.person_key):
            self.person_key = None

    def _is_taken(self, key):
        return Registration.objects.filter(edition=self.edition_id, person_key=key).exclude(pk=self.pk).exists()

    def is_person_of(self):
        """The same address and the same name in either script; without an address nobody is taken for another."""
        names = Q(pk__in=[])
        if self.name_km_key:
            names |= Q(name_km_key=self.name_km_key)
        if self.name_latin_key:
            names |= Q(name_latin_key=self.name_latin_key)
        return names & Q(email__iexact=self.email) if self.email else Q(pk__in=[])

    @property
    def opens(self):
        """What a session keeps of whoever came by the link that is good now."""
        return [self.pk, self.link_version]

    @property
    def shown_name(self):
        """As a message addresses the person, in the language they signed up in."""
        return self.name_in(self.language)

    def name_in(self, language):
        own, other = (self.name_km, self.name_latin) if language == "km" else (self.name_latin, self.name_km)
        return own or other

    @property
    def reached_through(self):
        """The helper through whom alone the person is reached, or None."""
        return None if self.phone or self.telegram or self.email else self.helper

    @property
    def spoken_code(self):
        return spoken(self.code)
