"""All that the site holds about a participant, as they read it: the same answers as own_page.data, in words."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Field, Model
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from conference.language.khmer import KHMER_LETTER_OR_DIGIT
from conference.models import Language
from conference.words import comma, date_only, digits, moment, phone
from registration import choices
from registration.models import (
    Arrangement,
    Attendance,
    BadgePrint,
    Certificate,
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
from registration.models.codes import spoken
from registration.own_page.data import Columns, OwnData

PARTS: dict[str, tuple[str | Promise, type[Model] | None]] = {
    "registration": (_("What you told us"), Registration),
    "other_reference_numbers": (_("Other reference numbers of yours"), None),
    "signed_up_by": (_("Signed up by"), None),
    "days": (_("Days"), None),
    "breakouts": (_("Themes and rooms"), None),
    "further_questions": (_("Further questions"), None),
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
    "attended": (_("On which days you were there"), Attendance),
    "badge": (_("Your badge"), BadgePrint),
    "certificate": (_("Your certificate of attendance"), Certificate),
    "earlier_certificates": (_("Earlier certificates of yours"), Certificate),
    "in_other_rooms": (_("What else you take part in"), None),
}
LISTS = {
    "languages": choices.FollowedLanguage,
    "access_needs": choices.AccessNeed,
    "food": choices.Food,
    "groups": choices.Group,
}
AS_SAID = {"phone": phone, "emergency_phone": phone, "code": spoken}
NAMES = {"at": _("when"), "text": _("what to change")}
ASKED = ("question", "answer")  # the words of a question of our own stand as the label of its answer


class Line(NamedTuple):
    """One line of a part, and the language of its text."""

    label: str | Promise
    text: str
    language: str


class Shown(NamedTuple):
    """One part as the page shows it: each of `entries` is a list of facts; `texts` have no labels."""

    heading: str | Promise
    entries: list[list[Line]]
    texts: list[Line]


def in_words(data: OwnData) -> list[Shown]:
    """Each part that holds something."""
    parts = []
    for key, value in data.items():
        heading, model = PARTS[key]
        rows = value if isinstance(value, list) else [value] if value else []
        entries = [[_line(*column) for column in _columns(row, model)] for row in rows if isinstance(row, dict)]
        texts = [_line("", _text(row)) for row in rows if not isinstance(row, dict)]
        if rows:
            parts.append(Shown(heading, entries, texts))
    return parts


def _line(label: str | Promise, text: str) -> Line:
    return Line(label, text, "km" if KHMER_LETTER_OR_DIGIT.search(text) else "en")  # people answer in either


def _columns(row: Columns, model: type[Model] | None) -> Iterator[tuple[str | Promise, str]]:
    """The label and the words of each column that holds something."""
    if row.keys() == set(ASKED):
        yield row["question"], row["answer"]
        return
    for name, value in row.items():
        if value in ("", None, []):
            continue
        field = model._meta.get_field(name) if model else None
        label = field.verbose_name if isinstance(field, Field) else NAMES[name]
        if name in LISTS:
            words = dict(LISTS[name].choices)
        elif name == "language":
            words = dict(Language.choices)  # as the reader calls it, not as it calls itself
        else:
            words = dict(field.flatchoices if isinstance(field, Field) else [])
        if name == "columns":
            yield label, Step(columns=value).columns_in_words()
        elif name in AS_SAID:
            yield label, AS_SAID[name](value)
        elif isinstance(value, list):
            yield label, comma().join(str(words.get(one) or _text(one)) for one in value)
        else:
            yield label, str(words.get(value) or _text(value))


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, int):
        return digits(value)
    if isinstance(value, datetime):
        return moment(value)
    try:
        return date_only(date.fromisoformat(value))  # days and nights are kept as 2024-03-26
    except (TypeError, ValueError):
        return str(value)
