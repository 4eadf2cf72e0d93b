"""One participant: who, how to reach them, how they take part. Nothing sensitive."""

import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.db.models.lookups import Exact
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from agenda.models import Day
from conference import clock
from conference.fields import SiteMomentField, phone_e164
from conference.language.khmer import (
    LONGEST_SEARCH,
    ascii_digits,
    keys_in_any_order,
    match_key,
    search_parts,
    sort_key,
)
from conference.models import Edition
from conference.serving.databases import batches
from registration.choices import (
    GIVEN_UP,
    HOLDING_A_PLACE,
    BadgeRole,
    Channel,
    MessageKind,
    Part,
    PhoneOwner,
    Province,
    Sector,
    Status,
    YesNo,
)
from registration.models.codes import CODE, CODE_BEGUN, new_badge_token, new_code, spoken
from registration.models.helper import Helper

telegram_name = RegexValidator(
    r"^(@[A-Za-z0-9_]{4,32}|\+[1-9]\d{6,14})$", _("Write a Telegram name such as @sokdara.")
)

OF_A_PHONE = re.compile(r"[+\d\s().\-]+")
KEY_LENGTH = 400  # a key spells vowels out: it is longer than its name
PERSON_SALT = "registration.person_key"
# The name and the Telegram name of an erased person: the table demands both, and no living person can have this one.
ERASED_WORD = "(erased)"
WHAT_FINDS = _("Name in Khmer or Latin letters, reference number, telephone, e-mail, Telegram or organisation")
LINKS_A_DAY = 3  # sent to one address on request, at most
# A participant has one of these at least, or is reached through the helper who signed them up.
CONTACTS = ("phone", "telegram", "email")
CONTACT_MISSING = _("Give a telephone number, a Telegram name or an e-mail address.")


def person_key(email: str, name_key: str) -> str:
    """The same for the same name at the same address. Neither can be told from it."""
    return salted_hmac(PERSON_SALT, f"{email.lower()}\n{name_key}", algorithm="sha256").hexdigest()


def has_names(parts: Iterable[tuple[str, str]]) -> Q:
    """Whose names hold all of these parts (khmer.search_parts): in any order, in Khmer letters or Latin ones."""
    has_all = Q()
    for key, letters in parts:
        has_one = Q(name_km_key__contains=key) | Q(name_latin_key__contains=key)
        has_all &= has_one | Q(name_km_order__contains=letters) if letters else has_one
    return has_all


def has_email(email: str) -> Q:
    """Who has this address, in small or capital letters: as its index has it, which “iexact” passes by."""
    return Q(Exact(Lower("email"), Lower(models.Value(email))))


def name_keys(name: str) -> set[str]:
    """All that the key of this name can be in another row: its words may stand there in another order."""
    return {key[:KEY_LENGTH] for key in keys_in_any_order(name)}


def can_be_reached(columns: Mapping[str, object], *, through_helper: bool) -> bool:
    """Whether there is a way to reach a person. The table demands the same (registration_can_be_reached)."""
    return through_helper or any(columns[name] for name in CONTACTS)


def coming(path: str = "") -> Q:
    """Who comes, or may still come: neither cancelled nor declined. `path` leads there, as "registration__" does."""
    return ~Q(**{f"{path}status__in": GIVEN_UP})


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def holding_a_place(self) -> "RegistrationQuerySet":
        return self.filter(status__in=HOLDING_A_PLACE)

    def received(self) -> "RegistrationQuerySet":
        """Staff have still to decide."""
        return self.filter(status=Status.RECEIVED)

    def closed_by_merging(self) -> "RegistrationQuerySet":
        """An inclusion officer has still to open the private answers. Who gave up or is erased waits no more."""
        return self.filter(coming(), is_sealed=True).exclude(name_latin=ERASED_WORD)

    def waiting_in_order(self) -> "RegistrationQuerySet":
        """By the lock of the places, which counts: a clock that is put back would turn the order round."""
        return self.filter(status=Status.WAITING).order_by(
            models.F("waiting_turn").asc(nulls_first=True), "waiting_since", "pk"
        )

    def not_erased(self) -> "RegistrationQuerySet":
        """Of an erased person there is nothing left to list."""
        return self.exclude(name_latin=ERASED_WORD)

    def offers_run_out_now(self) -> "RegistrationQuerySet":
        return self.filter(status=Status.OFFERED, offered_until__lte=clock.now())

    def with_links_today(self) -> "RegistrationQuerySet":
        """Each with how often its link was sent on request in the last day: `links`."""
        recent = Q(messages__kind=MessageKind.LINK, messages__created_at__gt=clock.now() - timedelta(days=1))
        return self.annotate(links=models.Count("messages", filter=recent))  # type: ignore[no-redef] # declared below

    def may_be_sent_their_link(self, edition: Edition, email: str) -> "RegistrationQuerySet":
        """Who signed up with an address, but for those to whom it was sent often today."""
        known = self.filter(has_email(email), edition=edition).exclude(status=Status.CANCELLED)
        return known.with_links_today().filter(links__lt=LINKS_A_DAY)  # type: ignore[misc] # no column, but counted

    def same_person(self, registration: "Registration") -> "RegistrationQuerySet":
        """Who stands in the same edition with the same address and the same name in either script, but itself."""
        known = self.filter(registration.is_person_of(), edition=registration.edition_id)
        return known.exclude(status=Status.CANCELLED).exclude(pk=registration.pk)

    def known_already(self, registration: "Registration") -> "RegistrationQuerySet":
        """Of whom the form of a newcomer was sent before (`is_same_form`), or who stands here as the same person.

        Of several who stand here with this name and address it is the one who had them first. Little more than the
        keys, in one query: the work is the same whether it finds a row or not. What is cancelled is not known, but for
        the same form: who gave up is not signed up anew without a word.
        """
        theirs = Registration.objects.filter(edition=registration.edition_id).order_by().values("pk")
        same_form = theirs.filter(form_token=registration.form_token)
        second = theirs.filter(second_numbers__form_token=registration.form_token)
        same_person = theirs.filter(registration.is_person_of()).exclude(status=Status.CANCELLED)
        # Each of the three has its index: so the work is the same among 75 people and among 10,000.
        known = self.filter(pk__in=same_form.union(second, same_person)).only("email")
        is_same_form = Q(form_token=registration.form_token) | Q(pk=models.Subquery(second[:1]))
        known = known.annotate(  # type: ignore[no-redef] # declared below
            is_same_form=is_same_form, has_key=Q(person_key__isnull=False)
        )
        return known.with_links_today().order_by("-is_same_form", "-has_key", "pk")  # type: ignore[misc] # no columns

    def one_edition(self, pks: Iterable[int]) -> "list[Registration]":
        """These, if they are of the same edition; else none. With what the comparison shows."""
        rows = list(self.filter(pk__in=pks).order_by("pk").prefetch_related("days", "consents"))
        return rows if len({row.edition_id for row in rows}) == 1 else []

    def that_opens(self, edition: Edition, code: str, phone: str) -> "Registration | None":
        """Whose reference number and telephone these are, or None. A second number opens nothing."""
        return self.filter(edition=edition, code=code, phone=phone).exclude(phone="").first()

    def opened_by(self, opened: object) -> "Registration | None":
        """Whom a session may see, or None; `opened` is what `Registration.opens` gave it.

        A link that was replaced closes the sessions it had opened.
        """
        if not isinstance(opened, list) or len(opened) != 3:
            return None
        pk, version, is_trusted = opened
        row = self.filter(pk=pk, link_version=version).select_related("edition").first()
        if row is not None:
            row.is_trusted = is_trusted
        return row

    def like(self, person: Mapping[str, str]) -> "RegistrationQuerySet":
        """Who has the telephone or a name of a person whom staff are about to enter."""
        tests = Q(pk=None)
        for name in ("name_km", "name_latin"):
            if keys := name_keys(person[name]):
                tests |= Q(**{f"{name}_key__in": keys})
        if person["phone"]:
            tests |= Q(phone=person["phone"])
        return self.filter(tests)

    def matching(self, typed: str) -> "RegistrationQuerySet":
        """Whatever the staff have at hand: a name in either script, however typed, a number, an address.

        The reference number of a registration finds that one alone.
        """
        typed = typed[:LONGEST_SEARCH].strip()
        if not typed:
            return self
        code = re.sub(r"[\s\-‐-―]", "", ascii_digits(typed)).upper()
        has_number = Q(code=code) | Q(pk__in=Registration.objects.filter(second_numbers__code=code).values("pk"))
        if CODE.fullmatch(code) and (found := self.filter(has_number)).exists():
            return found
        tests = Q(organisation__icontains=typed) | Q(email__icontains=typed) | Q(telegram__icontains=typed)
        if parts := search_parts(typed):
            tests |= has_names(parts)
        if CODE_BEGUN.fullmatch(code):
            tests |= Q(code__startswith=code)
            tests |= Q(pk__in=Registration.objects.filter(second_numbers__code__startswith=code).values("pk"))
        if OF_A_PHONE.fullmatch(ascii_digits(typed)) and (
            digits := re.sub(r"\D", "", ascii_digits(typed)).lstrip("0")
        ):
            tests |= Q(phone__contains=digits)
        return self.filter(tests)


class Registration(models.Model):
    """One participant of an edition: who, how to reach them, how they take part. Nothing sensitive."""

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="registrations", verbose_name=_("edition"))
    code = models.CharField(_("reference number"), max_length=12, unique=True, default=new_code, editable=False)
    # What the badge's QR code holds, and nothing else. NULL: a row of code from before there was one, and of an erased
    # person (desk.tokens).
    badge_token = models.CharField(  # noqa: DJ001 -- two empty ones would not be unique
        max_length=32, unique=True, null=True, default=new_badge_token, editable=False
    )
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
    # A participant whom a helper signed up may have no contact of their own: the helper must stay.
    helper = models.ForeignKey(
        Helper,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="registrations",
        verbose_name=_("signed up by"),
    )
    language = models.CharField(_("language of our messages"), max_length=2, choices=settings.LANGUAGES)

    name_km = models.CharField(_("name in Khmer"), max_length=120, blank=True)
    name_latin = models.CharField(_("name in Latin letters"), max_length=120, blank=True)
    name_km_key = models.CharField(max_length=KEY_LENGTH, blank=True, editable=False, db_index=True)
    name_latin_key = models.CharField(max_length=KEY_LENGTH, blank=True, editable=False, db_index=True)
    name_km_order = models.CharField(max_length=KEY_LENGTH, blank=True, editable=False)
    # NULL, for a unique constraint would take two empty ones for the same.
    person_key = models.CharField(max_length=64, null=True, blank=True, editable=False)  # noqa: DJ001 -- as said above
    phone = models.CharField(_("telephone"), max_length=16, blank=True, validators=[phone_e164])
    phone_owner = models.CharField(_("whose telephone"), max_length=20, choices=PhoneOwner, blank=True)
    telegram = models.CharField(_("Telegram"), max_length=40, blank=True, validators=[telegram_name])
    email = models.EmailField(_("e-mail"), blank=True)

    organisation = models.CharField(_("organisation or group"), max_length=200, blank=True)
    # Empty: a list from elsewhere did not say it (bringing_in), and the own page asks for it.
    sector = models.CharField(_("sector"), max_length=20, choices=Sector, blank=True)
    part = models.CharField(_("takes part as"), max_length=20, choices=Part)
    days = models.ManyToManyField(
        Day, through="registration.DayChoice", related_name="registrations", verbose_name=_("days")
    )
    province = models.CharField(_("province"), max_length=10, choices=Province, blank=True)  # likewise
    # What the badge says, where staff have set it; empty: it follows from the above (paper.roles).
    badge_role = models.CharField(
        _("role on the badge"),
        max_length=20,
        choices=BadgeRole,
        blank=True,
        default="",
        db_default="",
        help_text=_("Empty: the site takes it from how the person takes part and from the programme."),
    )
    hackathon = models.CharField(_("interested in the hackathon"), max_length=3, choices=YesNo, blank=True)
    remark = models.TextField(
        _("remark of the staff"), max_length=1000, blank=True
    )  # not encrypted: all staff read it

    # Where the registration stands. Only signing_up changes these, under the lock of the places.
    confirmed_by_hand = models.BooleanField(_("place given by staff"), default=False, editable=False)
    place_no = models.PositiveIntegerField(_("place"), null=True, blank=True, editable=False)
    waiting_since = models.DateTimeField(_("waiting since"), null=True, blank=True, editable=False)
    # The place on the waiting list: Intake.turn of the step that put the person there.
    waiting_turn = models.BigIntegerField(null=True, blank=True, editable=False)
    offered_until = models.DateTimeField(_("offered until"), null=True, blank=True, editable=False)
    decline_reason = models.TextField(_("reason for declining"), blank=True, editable=False)
    # What opens the person's own page (registration.links).
    link_version = models.PositiveSmallIntegerField(default=1, editable=False)  # raised to revoke the person's link
    # Of the private code: raised when the participant makes a new link. 0: from before there were private codes.
    code_version = models.PositiveSmallIntegerField(default=1, editable=False)
    # How often staff gave another way in: a new contact, or a link that they saw. The number of the last one that an
    # inclusion officer has called right.
    staff_door = models.PositiveSmallIntegerField(default=0, editable=False)
    trusted_door = models.PositiveSmallIntegerField(default=0, editable=False)
    # Another registration was merged into this one: only an inclusion officer opens the private answers.
    is_sealed = models.BooleanField(default=False, editable=False)
    # For a day, for the browser that signed the person up: a signing_up.receipts.Kept.
    receipt = models.JSONField(null=True, blank=True, editable=False)
    # The participant has acted on their own page, in another browser than that one, or staff have changed or cancelled
    # the registration for them: that browser corrects nothing any more.
    in_own_hands = models.BooleanField(default=False, editable=False)

    created_at = SiteMomentField(_("registered"), auto_now_add=True)
    updated_at = SiteMomentField(_("last changed"), auto_now=True)

    links: int  # of a row that was read by with_links_today()
    is_trusted: bool = False  # of a row that a visitor opened by a door that is the participant's own
    is_same_form: bool  # of a row that was read by known_already()

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["-created_at", "-pk"]
        permissions = [
            ("export_registration", _("Can export the list of participants")),
            ("view_figures", _("Can see the figures")),
            ("merge_registration", _("Can merge two registrations into one")),
            ("check_in_registration", _("Can take people in at the desk")),
        ]
        indexes = [
            models.Index("edition", "phone", name="registration_by_phone"),
            models.Index("edition", Lower("telegram"), name="registration_by_telegram"),
            models.Index("edition", Lower("email"), name="registration_by_email"),
            models.Index("edition", "status", name="registration_by_status"),
        ]
        constraints = [
            models.CheckConstraint(
                name="registration_has_a_name",
                condition=~Q(name_km="", name_latin=""),
                violation_error_message=_("Write the name in Khmer, in Latin letters, or both."),
            ),
            models.CheckConstraint(
                name="registration_can_be_reached",
                condition=~Q(**dict.fromkeys(CONTACTS, ""), helper=None),
                violation_error_message=CONTACT_MISSING,
            ),
            # The second wall: even code that forgets the lock cannot give one place to two people.
            models.UniqueConstraint("edition", "place_no", name="one_person_a_place"),
            # The same for code that forgets to look whether the person stands here already.
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

    def __str__(self) -> str:
        """Never a name: Django's admin log keeps this text for ever."""
        return self.spoken_code

    def save(self, *args: Any, is_kept: bool = True, **kwargs: Any) -> None:
        """`is_kept` is false for a row that signing up takes back at once, beside the row of the same person."""
        self.set_keys()
        if not is_kept:
            self.person_key = None
        super().save(*args, **kwargs)

    def set_keys(self) -> None:
        set_keys([self])

    def is_person_of(self) -> Q:
        """The same address and the same name in either script. Without an address no two rows are the same person."""
        names = Q(pk__in=[])
        if self.name_km_key:
            names |= Q(name_km_key=self.name_km_key)
        if self.name_latin_key:
            names |= Q(name_latin_key=self.name_latin_key)
        return names & has_email(self.email) if self.email else Q(pk__in=[])

    @property
    def is_coming(self) -> bool:
        """Neither cancelled nor declined: the person comes, or may still come."""
        return self.status not in GIVEN_UP

    @property
    def offer_ran_out(self) -> bool:
        """The place is not theirs any more, though it may not be taken back yet."""
        return self.offered_until is not None and self.offered_until <= clock.now()

    @property
    def opens(self) -> list[int | bool]:
        """What a session keeps after the participant came in: keys, and whether by a door that is their own."""
        return [self.pk, self.link_version, self.is_trusted]

    @property
    def sees_all(self) -> bool:
        """Of a row that a visitor opened: the private answers are shown, not the standing alone."""
        return self.is_trusted and not self.is_sealed

    @property
    def is_closed_to_some(self) -> bool:
        """Some door, or every one, does not open the private answers until they are opened again."""
        return self.is_sealed or self.staff_door != self.trusted_door

    @property
    def shown_name(self) -> str:
        """As a message addresses the person, in the language they signed up in."""
        return self.name_in(self.language)

    def name_in(self, language: str) -> str:
        own, other = (self.name_km, self.name_latin) if language == "km" else (self.name_latin, self.name_km)
        return own or other

    @property
    def reached_through(self) -> Helper | None:
        """The helper through whom alone the person is reached, or None."""
        return None if any(getattr(self, name) for name in CONTACTS) else self.helper

    @property
    def spoken_code(self) -> str:
        return spoken(self.code)


def set_keys(rows: Sequence[Registration]) -> None:
    """What names are compared and sorted by, and what keeps one person from standing here twice (one_person_once).

    A participant may take the name and address of another, on their own page. The answer must not tell that the other
    is registered: the row is saved without a key, and staff find both as look-alikes and merge them. Every save of a
    row asks whether its key is taken, so that the work is the same for a double and for a new name.

    Several rows are of one edition. Of two that are one person the first has the key.
    """
    for row in rows:
        row.name_km_key = match_key(row.name_km)[:KEY_LENGTH]
        row.name_latin_key = match_key(row.name_latin)[:KEY_LENGTH]
        row.name_km_order = sort_key(row.name_km)[:KEY_LENGTH]
        name_key = row.name_km_key or row.name_latin_key
        is_one = row.email and name_key and row.status != Status.CANCELLED
        row.person_key = person_key(row.email, name_key) if is_one else None
    has_key = [row for row in rows if row.person_key and not row._state.adding]
    holders: dict[str | None, int] = {}
    for some in batches(has_key):
        same = Registration.objects.filter(edition=some[0].edition_id, person_key__in=[row.person_key for row in some])
        holders |= dict(same.values_list("person_key", "pk"))
    for row in has_key:
        if holders.setdefault(row.person_key, row.pk) != row.pk:
            row.person_key = None
