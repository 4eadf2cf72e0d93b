"""What is counted, and by which questions."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agenda.publishing import chosen
from conference.models import Edition
from conference.words import day as written_day
from registration.choices import AgeBand, Gender, Group, Province, QuestionKind, Sector
from registration.models import ExtraQuestion


class Measure(TextChoices):
    REGISTERED = "registered", pgettext_lazy("number of people", "Registered")
    CONFIRMED = "confirmed", pgettext_lazy("number of people", "Confirmed")
    ATTENDED = "attended", pgettext_lazy("number of people", "Attended")
    ASKED = "asked", pgettext_lazy("number of people", "Asked")
    DECIDED = "decided", pgettext_lazy("number of people", "Decided")
    TRAVELLED = "travelled", pgettext_lazy("number of people", "Travelled")


COMING = (Measure.REGISTERED, Measure.CONFIRMED, Measure.ATTENDED)
TRAVEL = (Measure.ASKED, Measure.DECIDED, Measure.TRAVELLED)


@dataclass(frozen=True)
class Question:
    """What a table is about. The answer "" stands for people who gave none."""

    code: str
    title: str | Promise
    answers: tuple[tuple[str, str | Promise], ...] = ()  # value, words
    is_sensitive: bool = False
    shared: frozenset[str] = frozenset()  # answers of which a person may give several
    measures: tuple[Measure, ...] = COMING  # the columns that may be passed on
    adds_up: bool = True  # each column counts people by their answers, and may lie within another one

    @property
    def in_one_row_only(self) -> list[list[str]]:
        """Lists of answers of which no person gives two."""
        alone = [answer for answer, _words in self.answers if answer not in self.shared]
        return [[*alone, answer] for answer in sorted(self.shared)] or [alone]


ALL = Question("all", _("All together"), measures=tuple(Measure), adds_up=False)
# Its answers are days, and each counts all who had signed up by its end. A line is drawn of it (growth), no table.
SIGNED_UP = Question("signed_up", _("Registered, day by day"), measures=(Measure.REGISTERED,), adds_up=False)


ABOUT_PEOPLE = [
    Question("gender", _("Gender"), tuple(Gender.choices), is_sensitive=True),
    Question("age", _("Age group"), tuple(AgeBand.choices), is_sensitive=True),
    Question(
        "groups",
        _("Disability and other groups"),
        tuple(Group.choices),
        is_sensitive=True,
        shared=frozenset(Group.values) - {Group.NONE, Group.NOT_SAID},
    ),
    Question("province", _("Province"), tuple(Province.choices)),
    Question("sector", _("Sector"), tuple(Sector.choices)),
]


SENSITIVE = frozenset(question.code for question in ABOUT_PEOPLE if question.is_sensitive)


def questions_of(edition: Edition) -> list[Question]:
    """The first has no answers: people in all."""
    days = tuple((str(day.pk), written_day(day.date)) for day in chosen.days(edition))
    # By what people chose, and by where they were: one of these does not lie within the other.
    return [ALL, *ABOUT_PEOPLE, *_of_the_edition(edition), Question("day", _("Day"), days, adds_up=False)]


def _of_the_edition(edition: Edition) -> list[Question]:
    """Those of its own questions that have options, also where they are asked no more. Sensitive ones are left out."""
    found = []
    for one in to_count(edition):
        options = tuple(one.every_option())
        several = frozenset(code for code, _words in options) if one.kind == QuestionKind.TICKS else frozenset[str]()
        found.append(Question(one.code, str(one.label), options, shared=several))
    return found


def to_count(edition: Edition) -> list[ExtraQuestion]:
    return list(ExtraQuestion.objects.of(edition).plain().exclude(kind=QuestionKind.TEXT))
