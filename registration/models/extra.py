"""Questions of an edition's own, which staff add to the form without a programmer, and what people answered.

An answer is a list: what was typed, or the codes of the options that were chosen. It stands under the key of its
question, beside the answers to the others. Answers to sensitive questions stand in models.answers, encrypted.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import Any, TypedDict

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import JSONObject
from django.db.models.sql.compiler import SQLCompiler
from django.utils.translation import gettext_lazy as _

from conference.language.translated import Bilingual, Text, bilingual
from conference.models import Edition
from conference.words import comma
from registration.choices import FormPage, QuestionKind
from registration.models.intake import Intake
from registration.models.registration import Registration

Extra = dict[str, list[str]]  # the answers of one person, by the key of the question; an empty list is no answer


class Option(TypedDict):
    code: str  # never given to another option of the question
    en: str
    km: str
    is_gone: bool  # no longer offered; an answer that has it stays readable


class _ListOf(models.Aggregate):
    """The values of all rows as one list of JSON."""

    function = "JSON_GROUP_ARRAY"
    output_field = models.JSONField()

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **more: Any) -> Any:
        return super().as_sql(compiler, connection, function="JSONB_AGG", **more)


class ExtraQuestionQuerySet(models.QuerySet["ExtraQuestion"]):
    def of(self, edition: Edition) -> "ExtraQuestionQuerySet":
        return self.filter(intake__edition=edition)

    def asked(self) -> "ExtraQuestionQuerySet":
        return self.filter(is_asked=True)

    def plain(self) -> "ExtraQuestionQuerySet":
        return self.filter(is_sensitive=False)

    def sensitive(self) -> "ExtraQuestionQuerySet":
        return self.filter(is_sensitive=True)

    def with_answers_of(self, registration: Registration) -> "ExtraQuestionQuerySet":
        """The plain questions, each with the answers of one person to all of them, in one query."""
        given = ExtraAnswers.objects.filter(registration=registration).values("answers")
        rows = self.of(registration.edition).plain()
        return rows.annotate(given=Subquery(given))  # type: ignore[no-redef] # ExtraQuestion declares it

    def copy(self, old: Intake, new: Intake) -> None:
        """What is asked at one intake is asked at the other too. No answer comes along."""
        rows = list(self.filter(intake=old).asked())
        for row in rows:
            row.pk, row.intake = None, new
            row.options = [one for one in row.options if not one["is_gone"]]
        self.bulk_create(rows)


class ExtraQuestion(Bilingual):
    """One question that stands on the form of an edition besides those of every edition."""

    intake = models.ForeignKey(Intake, models.CASCADE, related_name="extra_questions", verbose_name=_("intake"))
    label = bilingual(models.CharField(_("question"), max_length=200, blank=True))
    help = bilingual(
        models.CharField(
            _("help"), max_length=300, blank=True, help_text=_("Stands under the question. It may stay empty.")
        )
    )
    kind = models.CharField(_("how it is answered"), max_length=10, choices=QuestionKind, default=QuestionKind.TEXT)
    options = models.JSONField(_("options"), default=list, blank=True)  # of Option
    page = models.PositiveSmallIntegerField(_("page of the form"), choices=FormPage, default=FormPage.TAKING_PART)
    position = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("Among these questions on the same page: small numbers come first.")
    )
    is_required = models.BooleanField(_("must be answered"), default=False)
    is_sensitive = models.BooleanField(
        _("sensitive"),
        default=False,
        help_text=_(
            "About health, disability, faith, ethnic group, family or money, for example. The answers are encrypted, "
            "only the officers for inclusion see them, and they are erased with the answers about access and food."
        ),
    )
    is_asked = models.BooleanField(
        _("asked"),
        default=True,
        help_text=_("It stands on the form as soon as you save. Untick it to stop asking: the answers stay."),
    )
    # Known where with_answers_of has read the row: what one person answered to all of them.
    given: Extra | None

    objects = ExtraQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question of our own")
        verbose_name_plural = _("questions of our own")
        ordering = ["page", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="extra_question_is_asked_in_both_languages",
                condition=Q(is_asked=False) | ~(Q(label_en="") | Q(label_km="")),
                violation_error_message=_("Write the question in both languages before it is asked."),
            )
        ]

    def __str__(self) -> str:
        return str(self.label)

    @property
    def edition_id(self) -> int:
        return self.intake.edition_id

    @property
    def key(self) -> str:
        """Under which its answers stand."""
        return str(self.pk)

    @property
    def code(self) -> str:
        """Names it in forms, files and figures; the same in every language."""
        return f"extra_{self.pk}"

    def offered(self, chosen: Sequence[str] = ()) -> list[tuple[str, str]]:
        """Code and words of each option; of those that are no longer offered the `chosen` ones."""
        return [(one["code"], words(one)) for one in self.options if not one["is_gone"] or one["code"] in chosen]

    def every_option(self) -> list[tuple[str, str]]:
        return [(one["code"], words(one)) for one in self.options]

    def in_words(self, answers: Extra | None) -> str:
        """What a person answered, of all that they answered."""
        answer = (answers or {}).get(self.key, [])
        if self.kind == QuestionKind.TEXT:
            return " ".join(answer)
        known = dict(self.every_option())
        return comma().join(known.get(code, code) for code in answer)


class ExtraAnswers(models.Model):
    """What a person answered to the questions that are not sensitive."""

    registration = models.OneToOneField(
        Registration, models.CASCADE, related_name="extra_answers", verbose_name=_("registration")
    )
    answers = models.JSONField(_("answers"), default=dict)

    class Meta:
        verbose_name = _("answers to questions of our own")
        verbose_name_plural = _("answers to questions of our own")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.registration)


_COLUMNS = [field.attname for field in ExtraQuestion._meta.concrete_fields]


def asked_of_each() -> Subquery:
    """For a query of rows that have an edition: all that is asked there, so that it takes no query of its own."""
    row = JSONObject(**{name: name for name in _COLUMNS})
    asked = ExtraQuestion.objects.asked().filter(intake__edition=OuterRef("edition")).order_by()
    return Subquery(asked.values("intake").annotate(all=_ListOf(row)).values("all"))


def read_asked(found: list[dict[str, Any]] | None) -> list[ExtraQuestion]:
    """What `asked_of_each` found, in the order of the form."""
    asked = []
    for columns in found or []:
        if isinstance(columns["options"], str):  # SQLite puts a column of JSON into JSON as text
            columns = columns | {"options": json.loads(columns["options"])}
        asked.append(ExtraQuestion(**columns))
    return sorted(asked, key=lambda one: (one.page, one.position, one.pk))


def words(option: Option) -> str:
    return str(Text(option["en"], option["km"]))


def with_changes(known: Mapping[str, list[str]] | None, given: Mapping[str, list[str]]) -> Extra:
    """What is kept when a form has asked again: answers to what it did not ask stay."""
    return {key: answer for key, answer in {**(known or {}), **given}.items() if answer}


def options_of_lines(old: Iterable[Option], en: Sequence[str], km: Sequence[str]) -> list[Option]:
    """The options as staff wrote them, one a line in each language. An option that is there already keeps its code:
    it is known by its words in either language. One that is left out is no longer offered.
    """
    left = list(old)
    number = max((int(one["code"]) for one in left), default=0)
    found: list[Option] = []
    for in_english, in_khmer in zip_longest(en, km, fillvalue=""):
        same = [one for one in left if (one["en"], one["km"]) == (in_english, in_khmer)]
        same += [one for one in left if in_english and one["en"] == in_english]
        same += [one for one in left if in_khmer and one["km"] == in_khmer]
        if same:
            left.remove(same[0])
            code = same[0]["code"]
        else:
            number += 1
            code = str(number)
        found.append({"code": code, "en": in_english, "km": in_khmer, "is_gone": False})
    return found + [{**one, "is_gone": True} for one in left]
