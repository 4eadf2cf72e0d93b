"""The edition and what is true of the whole event: who holds it, why, for whom, on what it builds."""

import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from conference import account_tables, clock  # noqa: F401 -- so that Django finds the first
from conference.fields import ChoicesField, on_the_map, phone_e164
from conference.files.images import picture_path
from conference.language.translated import Bilingual, Text, in_either_language
from conference.language.translated import line as _line
from conference.language.translated import prose as _prose
from conference.pages import tables as page_tables
from conference.words import comma


class Language(models.TextChoices):
    KHMER = "km", _("Khmer")
    ENGLISH = "en", _("English")


AFTERWORK = datetime.timedelta(days=30)


class EditionQuerySet(models.QuerySet["Edition"]):
    def public(self) -> "EditionQuerySet":
        return self.filter(is_public=True)

    def knowing_pages(self) -> "EditionQuerySet":
        """Whether staff have published pages of their own: where not, no page asks for them."""
        return self.annotate(has_pages=models.Exists(page_tables.PageVersion.objects.shown_in(models.OuterRef("pk"))))

    def latest_first(self) -> "EditionQuerySet":
        return self.order_by("-year")

    def current(self) -> "Edition | None":
        """The edition that the address without a year shows: the latest public one, or None."""
        return self.public().latest_first().first()

    def at_work(self, today: datetime.date) -> "Edition | None":
        """The edition that the staff's pages begin with, public or not: the next one, else the latest.

        For a month after its last day an edition stays at work: thanks, payments and attendance are still of it.
        """
        return self.being_prepared(today - AFTERWORK)

    def has_archive(self) -> bool:
        return self.public()[1:2].exists()

    def being_prepared(self, today: datetime.date) -> "Edition | None":
        """The edition that comes next, public or not; the latest where none is to come; None where there is none."""
        return self.filter(ends_on__gte=today).order_by("starts_on").first() or self.latest_first().first()


class Edition(Bilingual):
    year = models.PositiveSmallIntegerField(_("year"), unique=True, help_text=_("It is part of every address."))
    is_public = models.BooleanField(_("public"), default=False)
    title = _line(_("title"))
    subtitle = _line(_("subtitle"))
    summary = _line(_("why, in one sentence"), max_length=300)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    opens_at = models.TimeField(_("advertised opening time"), null=True, blank=True)
    closes_at = models.TimeField(_("advertised closing time"), null=True, blank=True)
    venue = _line(_("venue"))
    address = _line(_("street address"), help_text=_("House, street, quarter, as a driver is told."))
    city = _line(_("city"))
    country = _line(_("country"))
    coordinates = models.CharField(
        _("place on the map"),
        max_length=40,
        blank=True,
        validators=[on_the_map],
        help_text=_("Latitude and longitude, as a map shows them: 11.5564, 104.9282."),
    )
    way = _prose(
        _("way to the venue"), help_text=_("Which bus, which street, where it stops, what a tuk-tuk is told.")
    )
    entrance = _prose(_("entrance"), help_text=_("Which gate and which door, and where the registration desk is."))
    step_free = _prose(
        _("way without steps"),
        help_text=_("From the gate to the hall and to a toilet: ramps, lifts, how wide the doors are."),
    )
    toilets = _prose(_("toilets"), help_text=_("Where they are, and which one a wheelchair fits into."))
    access = _prose(_("access at the venue"), help_text=_("Steps, lifts, toilets, parking, what is already there."))
    background = _prose(_("background"), help_text=_("A blank line parts paragraphs; [1] points to reference 1."))
    background_in_brief = _prose(
        _("background in brief"), help_text=_("About a hundred plain words. They stand before the background.")
    )
    organisers_in_brief = _prose(_("organisers in brief"), help_text=_("Who does what, in plain words."))
    expected_participants = models.PositiveIntegerField(_("participants expected, at least"), null=True, blank=True)
    participants = _prose(_("who it is for"))
    travel_note = _prose(_("note for those who travel"))
    programme_note = _prose(_("note under the agenda"))
    disclaimer = _prose(_("disclaimer"))
    contact_name = _line(_("contact person"))
    contact_role = _line(_("role of the contact person"))
    contact_phone = models.CharField(_("contact telephone"), max_length=16, blank=True, validators=[phone_e164])
    contact_email = models.EmailField(_("contact e-mail"), blank=True)
    contact_hours = _line(_("when the contact telephone is answered"))

    objects = EditionQuerySet.as_manager()

    previews_draft = False  # conference.serving.editions sets it where staff look at the agenda before it is published
    previews_phase = ""  # and this one where they look at the pages as they will be in a phase of signing up

    class Meta:
        verbose_name = _("edition")
        verbose_name_plural = _("editions")
        ordering = ["-year"]
        constraints = [
            in_either_language("title"),
            models.CheckConstraint(
                name="edition_ends_after_it_starts",
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                violation_error_message=_("The last day must not be before the first day."),
            ),
            models.CheckConstraint(
                name="edition_has_both_hours_or_none",
                condition=models.Q(opens_at=None, closes_at=None)
                | models.Q(opens_at__isnull=False, closes_at__gt=models.F("opens_at")),
                violation_error_message=_("Give both times, the end after the beginning, or leave both empty."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def is_over(self) -> bool:
        return self.ends_on < clock.today()

    @property
    def is_running(self) -> bool:
        """On its days, from the first to the last."""
        return self.starts_on <= clock.today() <= self.ends_on

    def begins_at(self, day: datetime.date) -> datetime.datetime:
        """When a day begins: at the advertised opening time, else at midnight."""
        return timezone.make_aware(datetime.datetime.combine(day, self.opens_at or datetime.time.min))

    @property
    def where(self) -> str:
        """Venue and city in the language that is set, for plain text. Pages use the filter `where`."""
        return comma().join(map(str, self.venue_and_city))

    @property
    def latitude_and_longitude(self) -> list[str]:
        """Empty where the place on the map is not known."""
        return self.coordinates.replace(" ", "").split(",") if self.coordinates else []

    @property
    def venue_and_city(self) -> list[Text]:
        """As far as they are known."""
        return [part for part in (self.venue, self.city) if part]


class Organisation(Bilingual):
    class Kind(models.TextChoices):
        NGO = "ngo", _("non-governmental organisation")
        GOVERNMENT = "government", _("government of Cambodia")
        FOREIGN_GOVERNMENT = "foreign_government", _("government of another country")
        EMBASSY = "embassy", _("embassy")
        INTERGOVERNMENTAL = "intergovernmental", _("intergovernmental organisation")
        PROGRAMME = "programme", _("programme")
        GROUP = "group", _("group or committee")
        VENUE = "venue", _("venue")
        OTHER = "other", _("other")

    slug = models.SlugField(_("short name in addresses"), unique=True)
    name = _line(_("name"))
    short_name = _line(_("abbreviation"), max_length=40)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.OTHER)
    part_of = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="parts", verbose_name=_("part of")
    )
    about = _prose(_("about"))
    url = models.URLField(_("website"), blank=True, db_default="", default="")
    logo = models.ImageField(
        _("logo"),
        upload_to=picture_path,
        blank=True,
        width_field="logo_width",
        height_field="logo_height",
        help_text=_("PNG, best without a ground. It is shown on white, as large to the eye as the others."),
    )
    logo_width = models.PositiveSmallIntegerField(null=True, editable=False)
    logo_height = models.PositiveSmallIntegerField(null=True, editable=False)

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name_en", "name_km"]
        constraints = [in_either_language("name")]

    def __str__(self) -> str:
        return str(self.name)

    def clean(self) -> None:
        """The name is what is said in place of the logo to those who do not see it."""
        if self.logo and not (self.name.en and self.name.km):
            raise ValidationError(
                _("For a logo, write the name in both languages: it is read to those who do not see.")
            )

    @property
    def site_name(self) -> str:
        """How its website is called in a link: www.example.org."""
        return self.url.partition("//")[2].rstrip("/")

    @property
    def logo_shown(self) -> tuple[int, int]:
        """Width and height on a page: the file is twice as large, for sharp screens."""
        return (self.logo_width or 0) // 2, (self.logo_height or 0) // 2


class EditionOrganisation(models.Model):
    class Role(models.TextChoices):
        ORGANISER = "organiser", _("organiser")
        PARTNER = "partner", _("partner")
        FUNDER = "funder", _("funder")
        VENUE = "venue", _("venue")

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="organisers", verbose_name=_("edition"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, verbose_name=_("organisation"))
    role = models.CharField(_("role"), max_length=20, choices=Role)
    through = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="funding_carried",
        verbose_name=_("through"),
        help_text=_("The programme that carries the money, if it comes through one."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("organiser, partner or funder")
        verbose_name_plural = _("organisers, partners and funders")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                "edition",
                "organisation",
                "role",
                name="one_role_of_an_organisation_in_an_edition",
                violation_error_message=_("This organisation has this role already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_role_display()}"


class Purpose(Bilingual):
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="purposes", verbose_name=_("edition"))
    text = _prose(_("purpose"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("purpose")
        verbose_name_plural = _("purposes")
        ordering = ["position", "pk"]
        constraints = [in_either_language("text")]

    def __str__(self) -> str:
        return str(self.text)


class AudienceGroup(Bilingual):
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="audience_groups", verbose_name=_("edition"))
    name = _line(_("group"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("group it is for")
        verbose_name_plural = _("groups it is for")
        ordering = ["position", "pk"]
        constraints = [in_either_language("name")]

    def __str__(self) -> str:
        return str(self.name)


class Reference(Bilingual):
    edition = models.ForeignKey(Edition, models.CASCADE, related_name="references", verbose_name=_("edition"))
    marker = models.PositiveSmallIntegerField(_("number"))
    author = _line(_("author"))
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, verbose_name=_("organisation")
    )
    title = _line(_("title"), max_length=300)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    url = models.URLField(_("address"), blank=True)

    class Meta:
        verbose_name = _("reference")
        verbose_name_plural = _("references")
        ordering = ["marker"]
        constraints = [
            in_either_language("title"),
            models.UniqueConstraint(
                "edition",
                "marker",
                name="one_reference_a_number",
                violation_error_message=_("Another reference has this number."),
            ),
        ]

    def __str__(self) -> str:
        return f"[{self.marker}] {self.title}"


class OtherEvent(Bilingual):
    """An event beside the conference that participants may want to know of."""

    class Kind(models.TextChoices):
        FELLOWSHIP = "fellowship", _("fellowship")
        OPEN_DAY = "open_day", _("open day")
        HACKATHON = "hackathon", _("hackathon")
        OTHER = "other", _("other event")

    edition = models.ForeignKey(Edition, models.CASCADE, related_name="other_events", verbose_name=_("edition"))
    slug = models.SlugField(_("short name in addresses"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.OTHER)
    title = _line(_("title"))
    host = _line(_("host"))
    theme = _line(_("theme"))
    description = _prose(_("description"))
    condition = _line(_("condition"))
    inclusion_note = _line(_("note on inclusion"))
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    deadline = models.DateField(_("deadline"), null=True, blank=True)
    registration_url = models.URLField(_("address to register"), blank=True)
    more_url = models.URLField(_("address for more"), blank=True)
    phone = models.CharField(_("telephone"), max_length=16, blank=True, validators=[phone_e164])
    email = models.EmailField(_("e-mail"), blank=True)
    is_online = models.BooleanField(_("online"), default=False)
    languages = ChoicesField(_("languages"), options=Language)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("other event")
        verbose_name_plural = _("other events")
        ordering = ["position", "pk"]
        constraints = [
            in_either_language("title"),
            models.UniqueConstraint("edition", "slug", name="one_other_event_a_slug"),
        ]

    def __str__(self) -> str:
        return str(self.title)

    @property
    def language_names(self) -> "list[str | Promise]":
        return [language.label for language in Language if language in self.languages]

    def is_closed(self, today: datetime.date) -> bool:
        """Its deadline has passed; or, where none is given, its last day; or the last line of its timeline."""
        timeline = [one.ends_on or one.starts_on for one in self.milestones.all()]
        last_chance = self.deadline or self.ends_on or self.starts_on or max(timeline, default=None)
        return bool(last_chance and last_chance < today)


class Milestone(Bilingual):
    event = models.ForeignKey(OtherEvent, models.CASCADE, related_name="milestones", verbose_name=_("other event"))
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)
    text = _line(_("what happens"), max_length=300)

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["starts_on", "pk"]
        constraints = [in_either_language("text")]

    def __str__(self) -> str:
        return str(self.text)


class Attempt(models.Model):
    """A visitor did something that is limited (conference.serving.attempts). Without an edition: to sign in."""

    edition = models.ForeignKey(Edition, models.CASCADE, null=True, related_name="attempts", verbose_name=_("edition"))
    key = models.CharField(max_length=64, db_index=True, editable=False)  # a keyed hash
    at = models.DateTimeField(_("when"), db_index=True)  # in real time

    class Meta:
        verbose_name = _("attempt of a visitor")
        verbose_name_plural = _("attempts of visitors")
        default_permissions = ()
        db_table = "registration_findattempt"  # from before sign-ups were counted too

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
