"""The questions. Which of them is sensitive, who sees it and how long it is kept: docs/questions.md."""

from datetime import timedelta

from crispy_forms.layout import Div
from django import forms
from django.utils.translation import gettext_lazy as _

from conference.forms import PlainForm, Section
from conference.templatetags.bilingual import date_only, day
from registration.choices import (
    AccessNeed,
    Agreement,
    FollowedLanguage,
    Food,
    Part,
    PhoneOwner,
    PhotoAnswer,
    Province,
    Sector,
    Sharing,
    Subject,
    TravelMode,
    YesNo,
)
from registration.form_fields import (
    Email,
    KhmerName,
    LatinName,
    Line,
    Phone,
    Prose,
    Telegram,
    Token,
    one_of,
    some_of,
)
from registration.signup import Answers

PERSON = [
    "name_km",
    "name_latin",
    "phone",
    "phone_owner",
    "telegram",
    "email",
    "organisation",
    "sector",
    "part",
    "province",
]
INCLUSION = [
    "languages",
    "other_language",
    "access_needs",
    "access_note",
    "assistant_name",
    "food",
    "food_note",
]
TRAVEL = [
    "nights",
    "mode",
    "sharing",
    "share_with",
    "step_free_room",
    "name_on_id",
    "emergency_name",
    "emergency_phone",
]


class SignUpForm(PlainForm):
    kept_in_browser = ("form_token", "days", *PERSON)  # never what is sensitive, or about somebody else

    form_token = Token()

    name_km = KhmerName(
        label=_("Name in Khmer"),
        required=False,
        max_length=120,
        autocomplete="name",
        help_text=_("Family name first, as you want it on your badge"),
    )
    name_latin = LatinName(
        label=_("Name in Latin letters"),
        required=False,
        max_length=120,
        autocomplete="name",
        help_text=_("Family name first, for example SOK Dara. One of the two names is enough"),
    )
    adult = one_of(
        YesNo,
        _("Are you 18 or over?"),
        required=_("Say whether you are 18 or over."),
        help_text=_("If you are younger, we first call your parent or guardian, and you need answer nothing else"),
    )
    guardian_name = Line(
        label=_("Name of your parent or guardian"), required=False, help_text=_("Only if you are under 18")
    )
    guardian_phone = Phone(label=_("Their telephone"), required=False)

    phone = Phone(label=_("Telephone"), required=False, autocomplete="tel", help_text=_("For example 012 323 045"))
    phone_owner = one_of(
        PhoneOwner,
        _("Whose telephone is it?"),
        help_text=_("So that we write nothing private to a shared telephone"),
    )
    telegram = Telegram(label=_("Telegram name"), required=False, max_length=40, help_text=_("For example @sokdara"))
    email = Email(label=_("E-mail"), required=False, help_text=_("You can sign up without one"))

    organisation = Line(
        label=_("Organisation or group"),
        required=False,
        autocomplete="organization",
        help_text=_("Leave it empty if you come for yourself"),
    )
    sector = one_of(
        Sector,
        _("Your sector"),
        required=_("Choose your sector."),
        help_text=_("So that all sectors are in the room"),
    )
    part = one_of(Part, _("How do you take part?"), required=_("Choose how you take part."))
    days = forms.MultipleChoiceField(
        label=_("Which days do you come?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one day.")},
        help_text=_("For seats and lunch"),
    )
    languages = some_of(
        FollowedLanguage,
        _("In which language do you follow the sessions?"),
        required=_("Choose at least one language."),
        help_text=_("So that we book interpreters"),
    )
    other_language = Line(label=_("Which other language?"), required=False)

    access_needs = some_of(
        AccessNeed,
        _("What do you need to take part fully?"),
        help_text=_("Choose all that apply. Only the people who arrange access see this"),
    )
    assistant_name = Line(
        label=_("Name of your assistant"),
        required=False,
        help_text=_("If one comes with you: their place, meals and journey are free too"),
    )
    access_note = Prose(label=_("Anything else that would help you?"), required=False)
    food = some_of(Food, _("Food"), help_text=_("The caterer gets numbers, no names"))
    food_note = Line(label=_("Which allergy, or which other food?"), required=False)

    province = forms.ChoiceField(
        label=_("Where do you live?"),
        choices=[("", _("Choose your province")), *Province.choices],
        error_messages={"required": _("Choose your province.")},
        help_text=_("It decides whether ODC pays your journey"),
    )
    needs_travel = one_of(
        YesNo,
        _("Do you need ODC to pay your journey and a room?"),
        help_text=_("For participants who come from another province than Phnom Penh"),
    )
    nights = forms.MultipleChoiceField(
        label=_("For which nights do you need a room?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    mode = one_of(TravelMode, _("How will you travel?"))
    sharing = one_of(Sharing, _("Which room suits you?"), help_text=_("You need not say why"))
    share_with = Line(label=_("With whom do you share it?"), required=False)
    step_free_room = forms.BooleanField(label=_("I need a room and a bathroom without steps"), required=False)
    name_on_id = Line(
        label=_("Name as on your ID card"),
        required=False,
        help_text=_("For the list you sign when you are paid. Your badge keeps the name above"),
    )
    emergency_name = Line(
        label=_("Whom may we call in an emergency?"),
        required=False,
        help_text=_("Tell them that you gave us their number"),
    )
    emergency_phone = Phone(label=_("Their telephone"), required=False)

    photos = one_of(
        PhotoAnswer,
        _("May we photograph or film you?"),
        help_text=_(
            "Only at the venue, these days; ODC and The Asia Foundation use it for this conference. No answer means no"
        ),
    )
    participant_list = forms.BooleanField(label=_("Show my name in the list of participants"), required=False)
    later_events = forms.BooleanField(label=_("Tell me about later events"), required=False)
    data_use = forms.BooleanField(
        label=_("I agree that ODC uses these answers to organise the conference"),
        error_messages={"required": _("Tick that you agree, so that we may keep your answers.")},
    )

    def __init__(self, *args, edition, **kwargs):
        super().__init__(*args, **kwargs)
        self.edition = edition
        self.days = list(edition.days.all())
        self.fields["days"].choices = [(str(row.pk), day(row.date)) for row in self.days]
        for name in ("guardian_name", "guardian_phone", "needs_travel"):
            self.fields[name].depends_on_another = True  # on age or province: not simply optional
        self.fields["nights"].choices = [(night.isoformat(), date_only(night)) for night in _nights(edition)]

    def sections(self):
        return [
            "form_token",
            Section(
                _("You"), "name_km", "name_latin", "adult", Div("guardian_name", "guardian_phone", css_id="guardian")
            ),
            Section(
                _("How we reach you"),
                "phone",
                "phone_owner",
                "telegram",
                "email",
                lead=_("Give at least one: a telephone number, a Telegram name or an e-mail address."),
            ),
            Section(_("Taking part"), "organisation", "sector", "part", "days", "languages", "other_language"),
            Section(
                _("What you need"),
                "access_needs",
                "assistant_name",
                "access_note",
                "food",
                "food_note",
                lead=_(
                    "We keep these answers apart from your name, encrypted, and erase them soon after the conference."
                ),
            ),
            Section(_("Travel"), "province", Div("needs_travel", *TRAVEL, css_id="travel")),
            Section(_("What you agree to"), "photos", "participant_list", "later_events", "data_use"),
        ]

    @property
    def is_for_guardian(self):
        """Somebody under 18: the form is no registration, but asks us to call."""
        return self.cleaned_data.get("adult") == YesNo.NO

    def clean(self):
        answers = self.cleaned_data
        if self.is_for_guardian:
            self._clean_guardian()
            return answers
        if not self.errors.keys() & {"name_km", "name_latin"} and not answers["name_km"] and not answers["name_latin"]:
            self.add_error("name_km", _("Write your name in Khmer, in Latin letters, or both."))
        contacts = {"phone", "telegram", "email"}
        if not self.errors.keys() & contacts and not any(answers[name] for name in contacts):
            self.add_error("phone", _("Give a telephone number, a Telegram name or an e-mail address."))
        if "another" in answers.get("languages", []) and not answers.get("other_language"):
            self.add_error("other_language", _("Write which other language."))
        if Food.ALLERGY in answers.get("food", []) and not answers.get("food_note"):
            self.add_error("food_note", _("Write which allergy you have."))
        self._clean_travel(answers.get("province"), answers.get("needs_travel"))
        return answers

    def _clean_guardian(self):
        """Of all questions only these two count."""
        messages = {
            "guardian_name": _("Write the name of your parent or guardian."),
            "guardian_phone": _("Write the telephone number of your parent or guardian."),
        }
        for name in set(self.errors) - set(messages):
            del self._errors[name]
        for name, message in messages.items():
            if name not in self.errors and not self.cleaned_data[name]:
                self.add_error(name, message)

    def _clean_travel(self, province, needs_travel):
        if province == Province.PHNOM_PENH and needs_travel == YesNo.YES:
            message = _("ODC pays the journey from other provinces. Choose the province you come from, or answer No.")
            self.add_error("needs_travel", message)
        if province not in (None, Province.PHNOM_PENH) and not needs_travel and "needs_travel" not in self.errors:
            self.add_error("needs_travel", _("Say whether you need ODC to pay your journey and a room."))

    def answers(self) -> Answers:
        """What sign_up() takes, of a form that is valid."""
        cleaned = self.cleaned_data
        asks_for_travel = cleaned["needs_travel"] == YesNo.YES
        return Answers(
            person={name: cleaned[name] for name in PERSON},
            days=[row for row in self.days if str(row.pk) in cleaned["days"]],
            inclusion={name: cleaned[name] for name in INCLUSION},
            travel={name: cleaned[name] for name in TRAVEL} if asks_for_travel else None,
            consents={
                Subject.DATA_USE: Agreement.YES,
                Subject.PHOTOS: Agreement(cleaned["photos"] or Agreement.NOT_SAID),
                Subject.PARTICIPANT_LIST: Agreement.YES if cleaned["participant_list"] else Agreement.NO,
                Subject.LATER_EVENTS: Agreement.YES if cleaned["later_events"] else Agreement.NO,
            },
        )


def _nights(edition):
    """The evenings on which somebody from afar may need a bed: the one before, and each of the conference."""
    evenings = (edition.ends_on - edition.starts_on).days + 2
    return [edition.starts_on + timedelta(days=number - 1) for number in range(evenings)]
