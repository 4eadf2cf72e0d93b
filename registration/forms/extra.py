"""The questions of an edition's own on its forms: staff have written them, so they are made for each form."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from conference.forms import Section
from registration.choices import QuestionKind
from registration.forms.fields import OneLine

LONGEST = 300
MOST_RADIOS = 12  # more options stand in a list that opens
REQUIRED = {
    QuestionKind.TEXT: _("Write an answer."),
    QuestionKind.CHOICE: _("Choose an answer."),
    QuestionKind.TICKS: _("Tick at least one answer."),
}
WHO_SEES = _("Only the people who arrange access see this answer")


class ExtraQuestions:
    """`questions` are rows of ExtraQuestion; `known` is what the person answered before (models.extra.Extra).

    A participant who signed up before a question was asked may leave it open, also where it must be answered now.
    """

    def __init__(self, questions, known=None, *, is_new=True):
        self.questions, self.known, self.is_new = list(questions), known or {}, is_new

    def names(self, page=None):
        return [one.code for one in self.questions if page in (None, one.page)]

    def section(self):
        """A list with the section, or without one where nothing is asked."""
        return [Section(_("Further questions"), *self.names(), css_id="further")] if self.questions else []

    def initial(self):
        """As the fields have it."""
        ticks = {one.code for one in self.questions if one.kind == QuestionKind.TICKS}
        known = {one.code: self.known.get(one.key, []) for one in self.questions}
        return {code: answer if code in ticks else "".join(answer[:1]) for code, answer in known.items()}

    def put_into(self, form):
        for one in self.questions:
            answer = self.known.get(one.key, [])
            form.fields[one.code] = _field(one, answer, is_required=one.is_required and (self.is_new or bool(answer)))

    def given(self, form, *, sensitive=False):
        """What sign_up() and the own page take: of each question that was asked; an empty list is no answer."""
        found = {}
        for one in self.questions:
            if one.is_sensitive == sensitive:
                answer = form.cleaned_data[one.code]
                found[one.key] = answer if isinstance(answer, list) else [answer] if answer else []
        return found

    def given_sensitive(self, form):
        """The column of the sensitive answers, where one is asked for."""
        return {"extra": given} if (given := self.given(form, sensitive=True)) else {}


def _field(question, answer, *, is_required):
    kind = QuestionKind(question.kind)
    more = {
        "label": str(question.label),
        "help_text": _help(question),
        "required": is_required,
        "error_messages": {
            "required": REQUIRED[kind],
            "invalid_choice": _("Choose from the answers on this page."),
        },
    }
    if kind == QuestionKind.TEXT:
        return OneLine(max_length=LONGEST, **more)
    options = question.offered(answer)
    if kind == QuestionKind.TICKS:
        return forms.MultipleChoiceField(choices=options, widget=forms.CheckboxSelectMultiple, **more)
    if len(options) > MOST_RADIOS:
        return forms.ChoiceField(choices=[("", _("Choose")), *options], **more)
    return forms.ChoiceField(choices=options, widget=forms.RadioSelect, **more)


def _help(question):
    written = str(question.help)
    if not question.is_sensitive:
        return written
    if not written:
        return WHO_SEES
    said = gettext("%(help)s. Only the people who arrange access see this answer")
    return said % {"help": written.rstrip(" .។")}
