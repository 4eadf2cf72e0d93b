"""The ready-made lists: what each is for, who is on it, which columns it has, and with which right it is taken.

Every list names the columns that it may have, and nothing sensitive is among them: sensitive answers leave the site
only through lists.inclusion, with a reason. lists.files writes a file out of a list.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, partial
from typing import Any

from django.db import connection
from django.db.models import Count, Prefetch, QuerySet, Value
from django.db.models.functions import Collate, Lower, NullIf
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from agenda.models import Day
from agenda.publishing import chosen
from agenda.publishing.offered import Breakout, breakouts
from agenda.publishing.versions import published
from conference.models import Edition
from conference.words import date_only
from registration.choices import Agreement, Subject
from registration.lists import meals
from registration.lists.agreements import answer_to, who_agreed
from registration.models import BreakoutChoice, ExtraQuestion, Registration
from registration.models.registration import RegistrationQuerySet
from registration.phone import international

OF_PEOPLE = "registration.export_registration"
OF_MEALS = "registration.export_meals"
TICK = "✓"
NO_ENTRY = _("There is no entry on this list.")


@dataclass(frozen=True)
class Column:
    code: str  # stays the same in every language, for machines
    heading: str | Promise  # in the language of the person who takes the list
    get: Callable[[Any], object]  # from a record of the list, which may be a row of any table
    language: str = ""  # where every cell is in one language, in every language of the list


@dataclass(frozen=True)
class ReadyList:
    code: str  # in its address and its file's name
    title: str | Promise
    about: str | Promise
    columns: Sequence[Column]
    records: Callable[[], QuerySet[Any] | Sequence[Any]]
    permission: str = OF_PEOPLE
    totals: Callable[[], Iterable[object]] | None = None  # a last row
    notice: Sequence[str] = ()  # stands on a sheet of its own, before the list
    is_for_paper: bool = False
    empty: str | Promise = NO_ENTRY  # said on paper


# With a plain prefetch_related a person and their days would point to each other, and stay in memory for long. With
# these two they do not: memory is free again at once.
def _with_days(people: RegistrationQuerySet) -> RegistrationQuerySet:
    return people.prefetch_related(Prefetch("days", to_attr="chosen_days"))


def _with_attendance(people: RegistrationQuerySet) -> RegistrationQuerySet:
    return people.prefetch_related(Prefetch("attendance", to_attr="days_attended"))


def with_photos(people: RegistrationQuerySet) -> RegistrationQuerySet:
    return people.annotate(photos=answer_to(Subject.PHOTOS))


def _in_words(name: str) -> Callable[[Any], str]:
    """What a column with fixed answers says. Django's get_..._display() translates all of the answers for every
    row: among ten thousand people that took most of the time.
    """
    field: Any = Registration._meta.get_field(name)

    @cache
    def words(_language: str | None) -> dict[object, str]:
        return {value: str(label) for value, label in field.flatchoices}

    return lambda row: words(get_language()).get(getattr(row, name), getattr(row, name))


# In the order of the form; before its questions what we call the person, after them how the form came to us.
COLUMNS = [
    Column("code", _("Reference number"), lambda row: row.spoken_code),
    Column("year", _("Year"), lambda row: row.edition.year),
    Column("status", _("Status"), _in_words("status")),
    Column("name_km", _("Name in Khmer"), lambda row: row.name_km, "km"),
    Column("name_latin", _("Name in Latin letters"), lambda row: row.name_latin, "en"),
    Column("phone", _("Telephone"), lambda row: international(row.phone)),
    Column("phone_owner", _("Whose telephone"), _in_words("phone_owner")),
    Column(
        "telegram",
        _("Telegram name"),
        # Without its “@”, which a spreadsheet takes for the beginning of a formula; or a number that is in Telegram.
        lambda row: international(row.telegram) if row.telegram.startswith("+") else row.telegram.removeprefix("@"),
    ),
    Column("email", _("E-mail"), lambda row: row.email),
    Column("organisation", _("Organisation or group"), lambda row: row.organisation),
    Column("sector", _("Sector"), _in_words("sector")),
    Column("part", _("Takes part as"), _in_words("part")),
    Column("days", _("Days"), lambda row: ", ".join(day.date.isoformat() for day in row.chosen_days)),
    Column("attended", _("Was there on"), lambda row: ""),  # as days: by _published_days
    Column("hackathon", _("Interested in the hackathon"), _in_words("hackathon")),
    Column("province", _("Province"), _in_words("province")),
    Column("photos", _("Photos"), lambda row: Agreement(row.photos).label if row.photos else ""),
    Column("language", _("Language of our messages"), _in_words("language")),
    Column("created_at", _("Registered"), lambda row: f"{timezone.localtime(row.created_at):%Y-%m-%d %H:%M}"),
]
_BY_CODE = {column.code: column for column in COLUMNS}
WHO = ("code", "name_km", "name_latin", "organisation")


def _columns(*codes: str) -> list[Column]:
    """With the dates that the public sees. Of each edition they are looked up once for all columns."""
    of_edition = cache(lambda pk: {day.pk: day.date for day in chosen.days(Edition.objects.get(pk=pk))})
    return [_published_days(code, of_edition) if code in _OF_DAYS else _BY_CODE[code] for code in codes]


_OF_DAYS: dict[str, Callable[[Any], list[int]]] = {
    "days": lambda row: [day.pk for day in row.chosen_days],
    "attended": lambda row: [one.day_id for one in row.days_attended],
}


def _published_days(code: str, of_edition: Callable[[int], dict[int, date]]) -> Column:
    """The days that a person chose, or on which they were there."""

    def dates(row: Any) -> str:
        known = of_edition(row.edition_id)
        return ", ".join(sorted(known[pk].isoformat() for pk in _OF_DAYS[code](row) if pk in known))

    return replace(_BY_CODE[code], get=dates)


def ready_lists(edition: Edition) -> list[ReadyList]:
    """Those of one edition, in the order in which the page shows them."""
    days = chosen.days(edition)
    to_choose = breakouts(published(edition))
    questions = list(ExtraQuestion.objects.of(edition).plain())
    people = by_name(edition.registrations.holding_a_place())
    known = people.not_erased()
    return [
        attendees(people, questions),
        contacts(known),
        _days(people, days),
        *([_rooms(people, to_choose)] if to_choose else []),
        *([_further(known, questions)] if questions else []),
        meals_of(edition, days),
        ReadyList(
            "participant-list",
            _("List of participants"),
            _("Whom all may see in it: those who hold a place and agreed that their name is shown."),
            _columns("name_km", "name_latin", "organisation"),
            lambda: who_agreed(people, Subject.PARTICIPANT_LIST),
            is_for_paper=True,
        ),
        ReadyList(
            "later-events",
            _("News of later events"),
            _("How to reach those who agreed to hear of later events, whether they have a place or not."),
            _columns("name_km", "name_latin", "organisation", "phone", "phone_owner", "telegram", "email", "language"),
            lambda: who_agreed(by_name(edition.registrations.all()), Subject.LATER_EVENTS),
        ),
        ReadyList(
            "badges",
            _("Badges"),
            _("What a badge says, and who gets a coloured lanyard because they want no photos."),
            _columns("name_km", "name_latin", "organisation", "part", "code", "photos"),
            lambda: with_photos(known),
        ),
        *(sign_in(number, day) for number, day in enumerate(days, start=1)),
    ]


def by_name(people: RegistrationQuerySet) -> RegistrationQuerySet:
    """As names are sorted in the reader's script; a person without a name in it comes last.

    Small and capital letters are one. Khmer stands in the order of a dictionary
    (conference.language.khmer.sort_key). By itself PostgreSQL would sort as the language of its computer does.
    """
    by_bytes = "C" if connection.vendor == "postgresql" else "BINARY"
    khmer, latin = Collate("name_km_order", by_bytes), Collate(Lower("name_latin"), by_bytes)
    first, other = (khmer, latin) if get_language() == "km" else (latin, khmer)
    alike = Collate("name_km", by_bytes)  # the key leaves out signs such as ៉ and ៊
    return people.order_by(NullIf(first, Value("")).asc(nulls_last=True), other, alike, "pk")


def attendees(people: RegistrationQuerySet, questions: Iterable[ExtraQuestion] = ()) -> ReadyList:
    """`questions` are those of the editions of these people that are not sensitive: a column each."""
    return ReadyList(
        "attendees",
        _("Participants"),
        _("Everything about each but sensitive answers. For other states, filter the registrations and export those."),
        [*_columns(*_BY_CODE), *map(_answers_to, questions)],
        lambda: _with_days(_with_attendance(with_photos(people.select_related("edition", "extra_answers")))),
    )


def _answers_to(question: ExtraQuestion) -> Column:
    def in_words(row: Any) -> str:
        given = getattr(row, "extra_answers", None)  # a person who answered none has no row there
        return question.in_words(given.answers) if given else ""

    return Column(question.code, str(question.label), in_words)


def _further(people: RegistrationQuerySet, questions: list[ExtraQuestion]) -> ReadyList:
    return ReadyList(
        "further-questions",
        _("Further questions"),
        _("What each answered to the questions of our own, but for the sensitive ones."),
        [*_columns(*WHO), *map(_answers_to, questions)],
        lambda: people.select_related("extra_answers"),
        is_for_paper=True,
    )


def _days(people: RegistrationQuerySet, days: list[Day]) -> ReadyList:
    columns = _columns(*WHO)

    def totals() -> list[object]:
        coming = dict(people.order_by().values_list("days").annotate(Count("pk")))
        return [_("People in all"), *[""] * (len(columns) - 1), *(coming.get(day.pk, 0) for day in days)]

    def tick(row: Any, day_pk: int) -> str:
        return TICK if any(day.pk == day_pk for day in row.chosen_days) else ""

    return ReadyList(
        "days",
        _("Who comes on which day"),
        _("One column for each day, with ticks; how many come stands below."),
        [*columns, *(_column_of(day, tick) for day in days)],
        lambda: _with_days(people),
        totals=totals,
    )


def _column_of(day: Day, get: Callable[[Any, int], object]) -> Column:
    return Column(day.date.isoformat(), date_only(day.date), lambda row: get(row, day.pk))


def _rooms(people: RegistrationQuerySet, breakouts: list[Breakout]) -> ReadyList:
    def records() -> RegistrationQuerySet:
        seats = BreakoutChoice.objects.select_related("session")
        return people.prefetch_related(Prefetch("breakout_choices", seats, to_attr="chosen_rooms"))

    def chosen_in(code: str, row: Any) -> str:
        uuids = {str(one.session.uuid) for one in row.chosen_rooms}
        return next((str(one.title) for one in rooms[code] if one.uuid in uuids), "")

    rooms = {breakout.session.code: breakout.choices for breakout in breakouts}
    sessions = [breakout.session for breakout in breakouts]
    return ReadyList(
        "rooms",
        _("Themes and rooms"),
        _("Who goes to which theme or room, and who is interested in the hackathon."),
        [
            *_columns(*WHO),
            *(Column(f"breakout_{one.code}", str(one.title), partial(chosen_in, one.code)) for one in sessions),
            *_columns("hackathon"),
        ],
        records,
    )


def contacts(people: RegistrationQuerySet) -> ReadyList:
    return ReadyList(
        "contacts",
        _("Contact list"),
        _("How to reach each, in which language, and on which days they come."),
        _columns(*WHO, "phone", "phone_owner", "telegram", "email", "language", "days"),
        lambda: _with_days(people),
    )


def meals_of(edition: Edition, days: list[Day]) -> ReadyList:
    return ReadyList(
        "meals",
        _("Meals"),
        _("For the caterer: how many people eat what on which day, and no names. One person can be in several rows."),
        [
            Column("food", _("Food"), lambda row: row.label),
            *(_column_of(day, lambda row, day_pk: row.people[day_pk]) for day in days),
        ],
        cache(lambda: meals.counted(edition)),
        permission=OF_MEALS,
    )


def sign_in(number: int, day: Day) -> ReadyList:
    """As funders ask for it. Sex and position are for the participant's own pen: the site does not ask for a position,
    and tells no sex here (lists.inclusion does, to those who may).
    """
    people = by_name(day.registrations.holding_a_place().not_erased())
    numbers = cache(lambda: {pk: place for place, pk in enumerate(people.values_list("pk", flat=True), start=1)})
    return ReadyList(
        f"sign-in-day-{number}",
        _("Sign-in sheet, %(day)s") % {"day": date_only(day.date)},
        _(
            "Who comes on this day, with empty columns for sex, position and signature. Print it, or take it for "
            "Excel."
        ),
        [
            Column("number", _("No."), lambda row: numbers().get(row.pk, "")),
            *_columns("name_km", "name_latin"),
            Column("sex", _("Sex"), _nothing),
            *_columns("organisation"),
            Column("position", _("Position"), _nothing),
            *_columns("phone"),
            Column("signature", _("Signature"), _nothing),
        ],
        lambda: people,
        is_for_paper=True,
    )


def _nothing(_row: Any) -> str:
    return ""
