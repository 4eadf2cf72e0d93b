"""The questions, each declared once: groups of fields, and the checks of answers that belong together.

A form takes the groups that it asks (`asking`), shows them in sections and calls the checks. Which question is
sensitive, who sees it and how long it is kept: docs/questions.md.
"""

from django import forms
from django.conf import settings
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from conference.forms import PlainForm, Section
from conference.words import date_only
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
from registration.forms.fields import (
    Email,
    KhmerName,
    LatinName,
    OneLine,
    Phone,
    Prose,
    Telegram,
    one_of,
    one_of_many,
    some_in_folds,
    some_of,
)
from registration.models.registration import CONTACT_MISSING, CONTACTS, can_be_reached
from registration.travel.nights import nights_to_ask_for

NAMES = {
    "name_km": KhmerName(
        label=_("Name in Khmer"),
        required=False,
        max_length=120,
        autocomplete="name",
        help_text=_("One of the two names is enough. Family name first, as you want it on your badge"),
    ),
    "name_latin": LatinName(
        label=_("Name in Latin letters"),
        required=False,
        max_length=120,
        autocomplete="name",
        help_text=_("For example SOK Dara"),
    ),
}
AGE = {
    "adult": one_of(
        YesNo,
        _("Are you 18 or over?"),
        required=_("Say whether you are 18 or over."),
        side_by_side=True,
        help_text=_("If you are younger, we first call your parent or guardian, and you need answer nothing else"),
    ),
    "guardian_name": OneLine(label=_("Name of your parent or guardian"), required=False),
    "guardian_phone": Phone(label=_("Their telephone"), required=False),
}
CONTACT = {
    "phone": Phone(
        label=_("Telephone"),
        required=False,
        autocomplete="tel",
        help_text=_("For example 012 323 045. A Telegram name or an e-mail address is enough, too"),
    ),
    "phone_owner": one_of(
        PhoneOwner,
        _("Whose telephone is it?"),
        help_text=_("So that we write nothing private to a shared telephone"),
    ),
    "telegram": Telegram(label=_("Telegram name"), required=False, max_length=40, help_text=_("For example @sokdara")),
    "email": Email(label=_("E-mail"), required=False, help_text=_("You can sign up without one")),
}
MESSAGES = {
    "language": forms.ChoiceField(
        label=_("In which language do we write to you?"),
        # Each language is written in itself, and says so to a screen reader.
        choices=[(code, format_html('<span lang="{}">{}</span>', code, name)) for code, name in settings.LANGUAGES],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a language.")},
    )
}
TAKING_PART = {
    "organisation": OneLine(
        label=_("Organisation or group"),
        required=False,
        autocomplete="organization",
        help_text=_("Leave it empty if you come for yourself"),
    ),
    "sector": one_of_many(
        Sector,
        _("Your sector"),
        _("Choose a sector"),
        required=_("Choose your sector."),
        help_text=_("So that all sectors are in the room"),
    ),
    "part": one_of(Part, _("How do you take part?"), required=_("Choose how you take part.")),
    "days": forms.MultipleChoiceField(
        label=_("Which days do you come?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one day.")},
        help_text=_("For seats and lunch"),
    ),
}
LANGUAGES = {
    "languages": some_of(
        FollowedLanguage,
        _("In which language do you follow the sessions?"),
        required=_("Choose at least one language."),
        side_by_side=True,
        help_text=_("So that we book interpreters"),
    ),
    "other_language": OneLine(label=_("Which other language?"), required=False),
}
NEEDS_ANYTHING = {
    "needs_anything": one_of(
        YesNo,
        _("Do you need anything to take part?"),
        side_by_side=True,
        help_text=_("For example access, an assistant, a quiet room, or other food. No answer means no"),
    )
}
NEEDS_IN_FOLDS = [
    (
        _("Sign language, captions, reading"),
        [AccessNeed.SIGN_LANGUAGE, AccessNeed.CAPTIONS, AccessNeed.LARGE_PRINT, AccessNeed.SCREEN_READER],
    ),
    (_("Way without steps, place to sit"), [AccessNeed.STEP_FREE, AccessNeed.SEAT_FRONT, AccessNeed.SEAT_EXIT]),
    (_("An assistant, or a guide"), [AccessNeed.GUIDE, AccessNeed.ASSISTANT]),
    (_("Quiet room, children, prayer"), [AccessNeed.QUIET_ROOM, AccessNeed.CHILD, AccessNeed.PRAYER]),
]
NEEDS = {
    "access_needs": some_in_folds(
        NEEDS_IN_FOLDS,
        AccessNeed,
        _("What do you need to take part fully?"),
        help_text=_("Choose all that apply. Only the people who arrange access see this"),
    ),
    "assistant_name": OneLine(
        label=_("Name of your assistant"),
        required=False,
        help_text=_("If one comes with you: their place, meals and journey are free too"),
    ),
    "access_note": Prose(label=_("Anything else that would help you?"), required=False),
    "food": some_of(Food, _("Food"), side_by_side=True, help_text=_("The caterer gets numbers, no names")),
    "food_note": OneLine(label=_("Which allergy, or which other food?"), required=False),
}
PROVINCE = {
    "province": one_of_many(
        Province,
        _("Where do you live?"),
        _("Choose your province"),
        required=_("Choose your province."),
        help_text=_("It decides whether ODC pays your journey"),
    )
}
NEEDS_TRAVEL = {
    "needs_travel": one_of(
        YesNo,
        _("Do you need ODC to pay your journey and a room?"),
        side_by_side=True,
        help_text=_("For participants who come from another province than Phnom Penh"),
    )
}
TRAVEL = {
    "nights": forms.MultipleChoiceField(
        label=_("For which nights do you need a room?"), required=False, widget=forms.CheckboxSelectMultiple
    ),
    "mode": one_of_many(TravelMode, _("How will you travel?"), _("Choose how you travel")),
    "sharing": one_of(Sharing, _("Which room suits you?"), help_text=_("You need not say why")),
    "share_with": OneLine(label=_("With whom do you share it?"), required=False),
    "step_free_room": forms.BooleanField(label=_("I need a room and a bathroom without steps"), required=False),
    "name_on_id": OneLine(
        label=_("Name as on your ID card"),
        required=False,
        help_text=_("For the list you sign when you are paid. Your badge keeps the name above"),
    ),
    "emergency_name": OneLine(
        label=_("Whom may we call in an emergency?"),
        required=False,
        help_text=_("Tell them that you gave us their number"),
    ),
    "emergency_phone": Phone(label=_("Their telephone"), required=False),
}
AGREEMENTS = {
    "photos": one_of(
        PhotoAnswer,
        _("May we photograph or film you?"),
        help_text=_(
            "Only at the venue, these days; ODC and The Asia Foundation use it for this conference. No answer means no"
        ),
    ),
    "participant_list": forms.BooleanField(label=_("Show my name in the list of participants"), required=False),
    "later_events": forms.BooleanField(label=_("Tell me about later events"), required=False),
}
DATA_USE = {
    "data_use": forms.BooleanField(
        label=_("I agree that ODC uses these answers to organise the conference"),
        error_messages={"required": _("Tick that you agree, so that we may keep your answers.")},
    )
}
for field in (*NAMES.values(), *(CONTACT[name] for name in CONTACTS)):
    field.depends_on_another = True  # one name, and one way to be reached: not simply optional
# What a registration itself keeps of these.
PERSON = [*NAMES, *CONTACT, "organisation", "sector", "part", *PROVINCE]


def asking(*groups):
    """A form that asks these groups of questions, to build a page's own form on. Each form copies the fields."""
    return type(PlainForm)(
        "Questions", (PlainForm,), {name: field for group in groups for name, field in group.items()}
    )


def offer_nights(form, edition, asked=()):
    """The nights for which a participant may ask for a room. `asked` are those that they asked for before."""
    form.fields["nights"].choices = [
        (night.isoformat(), date_only(night)) for night in nights_to_ask_for(edition, asked)
    ]


def contact_section(*more):
    return Section(
        _("How we reach you"),
        *CONTACT,
        *more,
        lead=_("Give at least one: a telephone number, a Telegram name or an e-mail address."),
    )


def needs_section():
    return Section(
        _("What you need"),
        *NEEDS,
        lead=_("We keep these answers apart from your name, encrypted, and erase them soon after the conference."),
    )


def check_names(form):
    answers = form.cleaned_data
    if not form.errors.keys() & set(NAMES) and not answers["name_km"] and not answers["name_latin"]:
        form.add_error("name_km", _("Write your name in Khmer, in Latin letters, or both."))


def check_contact(form):
    if not form.errors.keys() & set(CONTACTS) and not can_be_reached(form.cleaned_data, through_helper=False):
        form.add_error("phone", CONTACT_MISSING)


def drop_errors(form, names):
    """Of questions that do not count: the page may not even show them."""
    for name in set(form.errors) & set(names):
        del form.errors[name]


def check_words(form):
    """A choice that asks for words."""
    answers = form.cleaned_data
    if FollowedLanguage.ANOTHER in answers.get("languages", []) and not answers.get("other_language"):
        form.add_error("other_language", _("Write which other language."))
    needs_count = answers.get("needs_anything") != YesNo.NO
    if needs_count and Food.ALLERGY in answers.get("food", []) and not answers.get("food_note"):
        form.add_error("food_note", _("Write which allergy you have."))


def check_needs(form):
    """A yes alone tells the people who arrange it nothing."""
    answers = form.cleaned_data
    if answers.get("needs_anything") == YesNo.NO:
        drop_errors(form, NEEDS)
    is_said = any(answers.get(name) for name in NEEDS) or form.errors.keys() & set(NEEDS)
    if answers.get("needs_anything") == YesNo.YES and not is_said:
        form.add_error("access_needs", _("Tick what you need, or write it. If you need nothing, answer No."))


def needs_in(cleaned):
    """What is kept. After a no nothing is, whatever was ticked before."""
    if cleaned["needs_anything"] == YesNo.NO:
        return {name: field.to_python("") for name, field in NEEDS.items()}
    return {name: cleaned[name] for name in NEEDS}


def check_travel(form, province):
    """Whether ODC pays the journey depends on where the participant lives."""
    needs_travel = form.cleaned_data.get("needs_travel")
    if needs_travel != YesNo.YES:
        drop_errors(form, TRAVEL)
    if province == Province.PHNOM_PENH and needs_travel == YesNo.YES:
        message = _("ODC pays the journey from other provinces. Choose the province you come from, or answer No.")
        form.add_error("needs_travel", message)
    if province not in (None, "", Province.PHNOM_PENH) and not needs_travel and "needs_travel" not in form.errors:
        form.add_error("needs_travel", _("Say whether you need ODC to pay your journey and a room."))


def agreements_in(cleaned):
    """How the questions of agreement were answered, but for the use of the answers. Silence is no agreement."""
    return {
        Subject.PHOTOS: Agreement(cleaned["photos"] or Agreement.NOT_SAID),
        Subject.PARTICIPANT_LIST: Agreement.YES if cleaned["participant_list"] else Agreement.NO,
        Subject.LATER_EVENTS: Agreement.YES if cleaned["later_events"] else Agreement.NO,
    }
