"""What is arranged for those who come on a day: a list for the officers who see to it there."""

from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agenda.models import Day
from conference.words import phone
from registration.access.arrangements import needs_of
from registration.lists.ready import Column, ReadyList
from registration.models import Arrangement

OF_ARRANGEMENTS = "registration.view_arrangement"


def _of_person(name: str, row: Arrangement) -> str:
    value: str = getattr(row.answers.registration, name)
    return value


def _need(row: Arrangement) -> str:
    need = str(row.get_need_display())
    return need if row.need in needs_of(row.answers) else f"{need} ({_('no longer asked for')})"


CODE = Column("code", gettext_lazy("Reference number"), partial(_of_person, "spoken_code"))
NAMES = [
    Column("name_km", gettext_lazy("Name in Khmer"), partial(_of_person, "name_km"), "km"),
    Column("name_latin", gettext_lazy("Name in Latin letters"), partial(_of_person, "name_latin"), "en"),
    Column("phone", gettext_lazy("Telephone"), lambda row: phone(row.answers.registration.phone)),
]
# Costs are no matter of the day.
COLUMNS = [
    Column("need", gettext_lazy("need"), _need),
    Column("words", gettext_lazy("in their own words"), lambda row: row.in_their_words),
    Column("state", gettext_lazy("state"), lambda row: row.get_state_display()),
    Column("provider", gettext_lazy("provider"), lambda row: row.provider),
    Column("instead", gettext_lazy("what we offer instead"), lambda row: row.offered_instead),
    Column("note", gettext_lazy("note of the officers"), lambda row: row.note),
]


def arrangements_of(day: Day, *, with_names: bool) -> ReadyList:
    """By reference number: the names are for officers who may see registrations."""
    rows = Arrangement.objects.filter(answers__registration__in=day.registrations.holding_a_place())
    rows = rows.select_related("answers__registration").order_by("answers__registration__code", "asked_at", "pk")
    return ReadyList(
        "access",
        gettext_lazy("Access arrangements"),
        gettext_lazy("Who needs what on this day, how far it is, and who provides it."),
        [CODE, *(NAMES if with_names else []), *COLUMNS],
        lambda: rows,
        permission=OF_ARRANGEMENTS,
    )
