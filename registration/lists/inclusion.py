"""The sensitive answers to take away: by reference number, without names, behind a notice in both languages.

Not among the ready-made lists: it has a right of its own, asks for a reason, and goes out as XLSX only, for a CSV
file cannot carry the notice. So does the sign-in sheet in which the sex is filled in, as some funders ask.
"""

from collections import Counter
from dataclasses import replace

from django.contrib.auth.models import User
from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override, pgettext_lazy

from agenda.models import Day
from conference.clock import now
from conference.models import Edition
from conference.words import clock, comma, date_only, digits
from registration.choices import AccessNeed, FollowedLanguage, Food, Gender, Group
from registration.lists.ready import Column, ReadyList, by_name, sign_in
from registration.models import ExtraQuestion, InclusionAnswers, Intake, Registration


def _chosen(code: str, heading: str | Promise, choices: type[TextChoices]) -> Column:
    """The words for each answer; an answer of an earlier form stays as it was stored."""
    words = dict(choices.choices)

    def in_words(row: InclusionAnswers) -> str:
        return comma().join(str(words.get(value, value)) for value in getattr(row, code))

    return Column(code, heading, in_words)


def _words(code: str, heading: str | Promise) -> Column:
    return Column(code, heading, lambda row: getattr(row, code))


def _further(question: ExtraQuestion) -> Column:
    return Column(question.code, str(question.label), lambda row: question.in_words(row.extra))


# The assistant's name is left out: it is looked up one by one.
COLUMNS = [
    Column("code", gettext_lazy("Reference number"), lambda row: row.registration.spoken_code),
    _chosen("languages", gettext_lazy("languages to follow"), FollowedLanguage),
    _words("other_language", gettext_lazy("which other language")),
    _chosen("access_needs", gettext_lazy("access needs"), AccessNeed),
    _words("access_note", gettext_lazy("anything else about access")),
    _chosen("food", gettext_lazy("food"), Food),
    _words("food_note", gettext_lazy("which allergy or other food need")),
    Column("gender", gettext_lazy("gender"), lambda row: row.get_gender_display()),
    _words("gender_words", gettext_lazy("gender in own words")),
    Column("age_band", gettext_lazy("age group"), lambda row: row.get_age_band_display()),
    _chosen("groups", gettext_lazy("groups"), Group),
    _words("groups_words", gettext_lazy("another group")),
]


def inclusion_list(edition: Edition, *, user: User, reason: str) -> ReadyList:
    with_a_place = edition.registrations.holding_a_place().order_by()
    answers = InclusionAnswers.objects.filter(registration__in=with_a_place).select_related("registration")
    further = [_further(question) for question in ExtraQuestion.objects.of(edition).sensitive()]
    answers = answers.order_by("registration__code")  # drawn by lot: it does not tell who signed up when
    people = answers.count()
    notice = []
    for language in ("km", "en"):
        with override(language):
            notice += [*_notice(edition, user, reason, people), ""]
    return ReadyList(
        "inclusion-answers",
        _("Sensitive answers"),
        "",
        [*COLUMNS, *further],
        lambda: answers,
        permission="registration.export_inclusionanswers",
        notice=notice,
    )


# Other answers are no matter for a sheet that lies open on a table.
SEX = {Gender.WOMAN: pgettext_lazy("sex", "F"), Gender.MAN: pgettext_lazy("sex", "M")}


def sign_in_with_sex(number: int, day: Day) -> ReadyList:
    plain = sign_in(number, day)
    return replace(
        plain,
        code=f"{plain.code}-with-sex",
        title=_("Sign-in sheet with the sex filled in"),
        about=_("Where a participant said woman or man. All who sign can read it: take it only if the funder asks."),
        columns=[replace(one, get=_sex) if one.code == "sex" else one for one in plain.columns],
        records=lambda: by_name(day.registrations.holding_a_place().not_erased()).select_related("inclusion_answers"),
        permission="registration.export_inclusionanswers",
    )


def _sex(row: Registration) -> str:
    answers = getattr(row, "inclusion_answers", None)
    return str(SEX.get(answers.gender, "")) if answers else ""


def people_by_sex(day: Day) -> Counter[str]:
    """How many of those who are expected have which word in that column; "" for those who have none."""
    people = day.registrations.holding_a_place().not_erased().select_related("inclusion_answers").order_by()
    return Counter(_sex(person) for person in people)


def _notice(edition: Edition, user: User, reason: str, people: int) -> list[str]:
    """In the language of the moment. The file must be deleted on the day when the site erases the answers."""
    moment = now()
    taken = {"who": user.get_full_name() or user.username, "date": date_only(moment), "time": clock(moment)}
    intake = Intake.of(edition)
    if intake and intake.sensitive_until:
        to_delete = _(
            "Delete this file and every copy of it as soon as you have used it, on %(date)s at the latest."
        ) % {"date": date_only(intake.sensitive_until)}
    else:
        to_delete = _("Delete this file and every copy of it as soon as you have used it.")
    return [
        _("Sensitive answers of participants"),
        str(edition),
        _("What people told us about languages, access, food, gender, age and groups, by reference number.")
        + " "
        + _("Number of people: %(number)s") % {"number": digits(people)},
        _(
            "Only people who may see these answers on the site may see this file. Do not send it on, and do not "
            "print it."
        ),
        _("Taken by %(who)s on %(date)s, %(time)s.") % taken,
        _("Why: %(reason)s") % {"reason": reason},
        to_delete,
    ]
