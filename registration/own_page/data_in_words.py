"""All that the site holds about somebody, as they read it: the same answers as own_data, in words."""

from datetime import date, datetime

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from conference.khmer import KHMER_LETTER
from conference.words import date_only, phone, prose_clock
from registration import choices
from registration.models import (
    Arrangement,
    Consent,
    InclusionAnswers,
    Message,
    Registration,
    Stay,
    Step,
    TravelDecision,
    TravelExpense,
    TravelRequest,
)
from registration.models.registration import spoken

PARTS = {
    "registration": (_("What you told us"), Registration),
    "other_reference_numbers": (_("Other reference numbers of yours"), None),
    "signed_up_by": (_("Signed up by"), None),
    "days": (_("Days"), None),
    "breakouts": (_("Themes and rooms"), None),
    "access_food_and_groups": (_("Languages, access, food and groups"), InclusionAnswers),
    "arrangements": (_("What is arranged for you"), Arrangement),
    "travel": (_("Journey and room"), TravelRequest),
    "travel_decision": (_("What ODC pays for your travel"), TravelDecision),
    "nights_in_hotels": (_("Nights in a hotel"), Stay),
    "travel_money": (_("Money for your travel"), TravelExpense),
    "agreements": (_("What you agreed to"), Consent),
    "messages": (_("messages"), Message),
    "changes": (_("What has changed"), Step),
    "requests": (_("What you asked us to change"), None),
    "attended": (_("On which days you were there"), None),
}
LISTS = {
    "languages": choices.FollowedLanguage,
    "access_needs": choices.AccessNeed,
    "food": choices.Food,
    "groups": choices.Group,
}
AS_SAID = {"phone": phone, "emergency_phone": phone, "code": spoken}
NAMES = {"at": _("when"), "text": _("what to change")}


def in_words(data):
    """(heading, lines) of each part that holds something; a line is (label, text, language of the text)."""
    parts = [(*PARTS[key], value) for key, value in data.items() if value]
    return [(heading, list(_lines(value, model))) for heading, model, value in parts]


def _lines(value, model):
    if isinstance(value, str):
        yield "", value, "km" if KHMER_LETTER.search(value) else "en"
        return
    if isinstance(value, dict):
        for label, text in _columns(value, model):
            yield label, text, "km" if KHMER_LETTER.search(text) else "en"  # people answer in either
        return
    for one in value:
        if isinstance(one, dict):
            yield "", ", ".join(f"{label}: {text}" for label, text in _columns(one, model)), get_language()
        else:
            yield "", _text(one), get_language()


def _columns(row, model):
    for name, value in row.items():
        if value not in ("", None, []):
            field = model and model._meta.get_field(name)
            yield (field.verbose_name if field else NAMES[name]), _words(field, name, value)


def _words(field, name, value):
    if name == "columns":
        return Step(columns=value).columns_in_words()
    if name in AS_SAID:
        return AS_SAID[name](value)
    labels = dict(LISTS[name].choices) if name in LISTS else dict(field.flatchoices if field else [])
    if isinstance(value, list):
        return ", ".join(str(labels.get(one) or _text(one)) for one in value)
    return str(labels.get(value) or _text(value))


def _text(value):
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, datetime):
        return f"{date_only(value)}, {prose_clock(value)}"
    try:
        return date_only(date.fromisoformat(value))  # days and nights are kept as 2024-03-26
    except (TypeError, ValueError):
        return str(value)
