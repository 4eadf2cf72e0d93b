"""Questions of an edition's own on the form for signing up, which staff add without a programmer."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from conference import clock
from conference.language.khmer import store_clean
from conference.language.translated import columns
from conference.models import Edition
from conference.staff.edition_filter import of_edition
from conference.staff.list_admin import ListAdmin, without_buttons
from conference.words import digits, shown
from registration.admin.common.display import EMPTY, displayed
from registration.admin.common.locked import locked
from registration.choices import QuestionKind
from registration.encryption.columns import DecryptionError
from registration.models import ExtraAnswers, ExtraQuestion, InclusionAnswers, Intake
from registration.models.extra import options_of_lines, words

ONE_A_LINE = _("One option a line, in the same order in both languages. Leave it empty for a short text.")
MOST_ASKED = 12  # more would make a form that people give up
FEWEST = {QuestionKind.CHOICE: 2, QuestionKind.TICKS: 1}


def has_answers(question):
    """Looked up once for a page. A sensitive answer that no key opens may be one to this question."""
    if question.pk is None:
        return False
    if not hasattr(question, "known_to_have_answers"):
        question.known_to_have_answers = _is_answered(question)
    return question.known_to_have_answers


def _is_answered(question):
    if not question.is_sensitive:
        return ExtraAnswers.objects.filter(
            registration__edition=question.edition_id, answers__has_key=question.key
        ).exists()
    rows = InclusionAnswers.objects.filter(registration__edition=question.edition_id, extra__isnull=False)
    try:
        return any(question.key in extra for extra in rows.values_list("extra", flat=True))
    except DecryptionError:
        return True


def _options(label, language):
    widget = forms.Textarea(attrs={"rows": 5, "cols": 50, "lang": language})
    return forms.CharField(label=label, required=False, widget=widget, help_text=ONE_A_LINE)


class QuestionForm(forms.ModelForm):
    """The options are written as lines; the table keeps them so that an answer stays readable when they change."""

    options_en = _options(_("Options (in English)"), "en")
    options_km = _options(_("Options (in Khmer)"), "km")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for language in ("en", "km"):
            lines = [one[language] for one in self.instance.options if not one["is_gone"]]
            self.initial.setdefault(f"options_{language}", "\n".join(lines))

    def clean(self):
        super().clean()
        answers = self.cleaned_data
        kind = answers.get("kind") or self.instance.kind
        lines = {code: _lines(answers.get(f"options_{code}", "")) for code in ("en", "km")}
        if kind == QuestionKind.TEXT:
            for code in lines:
                if lines[code]:
                    said = _("A short text has no options. Choose how it is answered, or empty these lines.")
                    self.add_error(f"options_{code}", said)
        elif kind:
            self._check_options(kind, lines)
        if answers.get("is_asked"):
            self._check_both_languages(answers)
            self._check_number(answers.get("intake") or getattr(self.instance, "intake", None))
        if not self.errors:
            known = self.instance.options if has_answers(self.instance) else []
            self.instance.options = options_of_lines(known, lines["en"], lines["km"])
        return answers

    def _check_options(self, kind, lines):
        for code, written in lines.items():
            if len(written) > len(set(written)):
                self.add_error(f"options_{code}", _("The same option stands here twice."))
        if not self.cleaned_data.get("is_asked"):
            return
        fewest = FEWEST[kind]
        for code, written in lines.items():
            if len(written) < fewest:
                said = ngettext("Write at least %(number)s option.", "Write at least %(number)s options.", fewest)
                self.add_error(f"options_{code}", said % {"number": digits(fewest)})
        if not self.errors and len(lines["en"]) != len(lines["km"]):
            said = gettext("There are %(english)s options in English and %(khmer)s in Khmer. Write each in both.")
            numbers = {"english": digits(len(lines["en"])), "khmer": digits(len(lines["km"]))}
            self.add_error("options_km", said % numbers)

    def _check_number(self, intake):
        others = ExtraQuestion.objects.asked().filter(intake=intake).exclude(pk=self.instance.pk)
        if others.count() >= MOST_ASKED:
            said = gettext("The form asks %(number)s questions of our own already. Stop asking another one first.")
            self.add_error("is_asked", said % {"number": digits(MOST_ASKED)})

    def _check_both_languages(self, answers):
        for code in ("en", "km"):
            if f"label_{code}" in answers and not answers[f"label_{code}"]:
                said = _("It is asked in both languages. Write it here too, or untick “asked” until you have it.")
                self.add_error(f"label_{code}", said)
        helps = {code: answers.get(f"help_{code}", "") for code in ("en", "km")}
        if any(helps.values()) and not all(helps.values()):
            empty = next(code for code, text in helps.items() if not text)
            self.add_error(f"help_{empty}", _("Write the help in both languages, or in none."))


def _lines(text):
    return [line for line in map(store_clean, text.splitlines()) if line]


@admin.register(ExtraQuestion)
class ExtraQuestionAdmin(ListAdmin):
    form = QuestionForm
    actions = None
    list_display = ["question", "kind", "page", "is_required", "is_sensitive", "is_asked"]
    list_filter = [of_edition("intake__edition"), "is_asked"]
    radio_fields = {"kind": admin.HORIZONTAL, "page": admin.HORIZONTAL}
    question = displayed(_("question"), lambda row: shown(row.label) if row.label else row.code)
    options_shown = displayed(_("options"), lambda row: ", ".join(words for _code, words in row.offered()) or EMPTY)
    answered = admin.display(description=_("answered already"), boolean=True)(lambda _admin, row: has_answers(row))
    no_longer = displayed(
        _("no longer offered, but in answers"),
        lambda row: ", ".join(words(one) for one in row.options if one["is_gone"]),
    )

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        return without_buttons(super().formfield_for_dbfield(db_field, request, **kwargs))

    def get_fieldsets(self, request, obj=None):
        known = ["answered", *(["no_longer"] if any(one["is_gone"] for one in obj.options) else [])] if obj else []
        options = ("options_en", "options_km")
        if obj and not self.has_change_permission(request, obj):
            options = "options_shown"
        return [
            (
                None,
                {
                    "fields": [
                        *("intake", *columns("label"), "kind", options),
                        *(
                            *columns("help"),
                            "page",
                            ("is_required", "position"),
                            "is_sensitive",
                            "is_asked",
                            "khmer_checked",
                            *known,
                        ),
                    ]
                },
            )
        ]

    def get_readonly_fields(self, request, obj=None):
        """An answer is read by the kind of its question, and lies where its kind may lie."""
        if obj is None:
            return []
        fixed = ["kind", "is_sensitive"] if has_answers(obj) else []
        return ["intake", *fixed, "answered", "no_longer", "options_shown"]

    def get_changeform_initial_data(self, request):
        at_work = Edition.objects.at_work(clock.today())
        intake = Intake.objects.filter(edition=at_work).first() if at_work else None
        return {"intake": intake and intake.pk} | super().get_changeform_initial_data(request)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        with locked(self, request, object_id):
            return super().changeform_view(request, object_id, form_url, extra_context)

    def delete_view(self, request, object_id, extra_context=None):
        with locked(self, request, object_id):
            return super().delete_view(request, object_id, extra_context)

    def get_deleted_objects(self, objs, request):
        """Without its question no answer could be read."""
        if any(map(has_answers, objs)):
            said = gettext("People have answered it already: untick “asked” instead, and their answers stay.")
            return [], {}, set(), [said]
        return super().get_deleted_objects(objs, request)
