"""What a person is asked who proposes a talk, and what a reviewer is asked. Public: no account is needed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agenda.choices import SpokenLanguage
from conference.files.documents import DocumentField
from conference.forms import Details, PlainForm, Section
from conference.words import digits
from contributions.models import ProposalNeeds
from contributions.models.proposals import ERASED_TITLE
from contributions.proposals.proposing import Content
from contributions.proposals.reviewing import SCORES
from registration.choices import Gender, Province, Sector, YesNo
from registration.forms import questions
from registration.forms.fields import (
    KhmerName,
    LatinName,
    OneLine,
    Prose,
    Token,
    one_of,
    one_of_many,
    some_of,
)
from registration.forms.questions import CONTACT, DATA_USE, MESSAGES, NEEDS
from registration.models.registration import CONTACTS

TITLE = {
    "topics": forms.MultipleChoiceField(
        label=_("For what do you propose it?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one topic.")},
        help_text=_("Choose all for which it would fit"),
    ),
    "title_km": OneLine(
        label=_("Title in Khmer"), required=False, max_length=200, help_text=_("One of the two languages is enough")
    ),
    "title_en": OneLine(label=_("Title in English"), required=False, max_length=200),
    "summary_km": Prose(label=_("Summary in Khmer"), required=False, max_length=3000),
    "summary_en": Prose(label=_("Summary in English"), required=False, max_length=3000),
    "spoken": some_of(
        SpokenLanguage,
        _("In which language do you speak?"),
        required=_("Choose at least one language."),
        side_by_side=True,
    ),
    "link": forms.URLField(
        label=_("A link, if one shows more"),
        required=False,
        max_length=200,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url", "spellcheck": "false"}),
        error_messages={"invalid": _("Write a link such as https://example.org, or leave it empty.")},
    ),
}
FIRST = {
    "name_km": KhmerName(
        label=_("Name in Khmer"),
        required=False,
        max_length=120,
        autocomplete="name",
        help_text=_("One of the two names is enough. Family name first"),
    ),
    "name_latin": LatinName(label=_("Name in Latin letters"), required=False, max_length=120),
    "organisation": OneLine(label=_("Organisation or group"), required=False),
}
MORE_SPEAKERS = 3
OTHERS = {
    f"{name}_{number}": field
    for number in range(2, MORE_SPEAKERS + 2)
    for name, field in {
        "name_km": KhmerName(label=_("Name in Khmer"), required=False, max_length=120),
        "name_latin": LatinName(label=_("Name in Latin letters"), required=False, max_length=120),
        "organisation": OneLine(label=_("Organisation or group"), required=False),
    }.items()
}
ABOUT = {
    "first_time": one_of(YesNo, _("Is it the first time that you speak at a conference?"), side_by_side=True),
    "province": one_of_many(Province, _("Where do you live?"), _("Choose your province")),
    "sector": one_of_many(Sector, _("Your sector"), _("Choose a sector")),
    "gender": one_of(Gender, _("Your gender"), help_text=_("For the figures alone. You need not say it")),
}
ABOUT["gender"].choices = [one for one in Gender.choices if one[0] != Gender.OWN_WORDS]  # nothing is asked with it
REACHED = {name: CONTACT[name] for name in CONTACTS}
NEEDED = {
    "access_needs": NEEDS["access_needs"],
    "access_note": NEEDS["access_note"],
    "needs_travel": one_of(
        YesNo,
        _("Would you need a journey or a room to be paid?"),
        side_by_side=True,
        help_text=_("It decides nothing"),
    ),
}
TOKEN = {"form_token": Token()}
KEPT_APART = ("access_needs", "access_note", "needs_travel", "gender")


class ProposalForm(questions.asking(TITLE, FIRST, OTHERS, ABOUT, REACHED, MESSAGES, NEEDED, DATA_USE, TOKEN)):
    """`call` as it is published; `proposal` when one is changed: then what is kept apart is not shown again."""

    kept_in_browser = ("title_km", "title_en", "summary_km", "summary_en")

    def __init__(self, *args, call, proposal=None, initial=None, language="", **kwargs):
        self.call, self.proposal = call, proposal
        self.hides_names = proposal.keeps_names_hidden if proposal else call.hides_names
        begin = _of(proposal) if proposal else {"language": language}
        super().__init__(*args, initial=initial or begin, **kwargs)
        self.fields["topics"].choices = [(str(one.pk), str(one.name)) for one in call.topics]
        self.fields["spoken"].choices = [one for one in SpokenLanguage.choices if one[0] in call.languages] or (
            SpokenLanguage.choices
        )
        if len(call.topics) == 1:
            del self.fields["topics"]
        self.fields["email"].help_text = ""  # the question of signing up speaks of signing up
        if proposal:
            del self.fields["data_use"]
        for name in ("title_km", "title_en", "summary_km", "summary_en"):
            self.fields[name].depends_on_another = True
            self.fields[name].widget.attrs["lang"] = name[-2:]
        for name in ("summary_km", "summary_en"):
            self.fields[name].widget.attrs["rows"] = 6
        if self.hides_names:
            self.fields["summary_km"].help_text = self.fields["summary_en"].help_text = _(
                "Reviewers do not see who proposes: leave names and organisations out of it"
            )
        self.helper.layout = type(self.helper.layout)(*self.sections())

    def sections(self):
        there = [name for name in TITLE if name in self.fields]
        needs = _("Only the people who arrange it see this; reviewers never do. It is kept encrypted.")
        if self.proposal and ProposalNeeds.objects.filter(proposal=self.proposal).exists():
            needs = _("You have told us what you need. It is not shown here again: answer only to change it.")
        return [
            Section(_("What you propose"), *there),
            Section(
                _("Who speaks"),
                *FIRST,
                Details(_("Who speaks with you"), *OTHERS),
                lead=_("You first. Others are asked only when the talk is accepted."),
            ),
            Section(
                _("How we reach you"),
                *REACHED,
                *MESSAGES,
                lead=_("Give at least one: a telephone number, a Telegram name or an e-mail address."),
            ),
            Section(_("What you need"), Details(_("Say what you need"), *NEEDED), lead=needs),
            Section(
                _("For the figures"),
                *ABOUT,
                lead=_("So that we know whether the call reaches all. Reviewers do not see it."),
            ),
            *([Section(_("What you agree to"), *DATA_USE)] if "data_use" in self.fields else []),
            "form_token",
        ]

    def clean(self):
        questions.check_names(self)
        questions.check_contact(self)
        answers = self.cleaned_data
        if answers.get("title_en") == ERASED_TITLE:
            answers["title_en"] = ""  # typed for “none”; in the table it says that the person is erased
        if not self.errors.keys() & {"title_km", "title_en"} and not (answers["title_km"] or answers["title_en"]):
            self.add_error("title_km", _("Write a title in Khmer, in English, or in both."))
        if not self.errors.keys() & {"summary_km", "summary_en"} and not (
            answers["summary_km"] or answers["summary_en"]
        ):
            self.add_error("summary_km", _("Write a summary in Khmer, in English, or in both."))
        for number in range(2, MORE_SPEAKERS + 2):
            named = answers.get(f"name_km_{number}") or answers.get(f"name_latin_{number}")
            if answers.get(f"organisation_{number}") and not named:
                self.add_error(f"name_km_{number}", _("Write the name of this person."))
        if self.hides_names:
            self._leave_names_out()
        return answers

    def _leave_names_out(self):
        """A name that stands in the text would be read by those who are not to know it."""
        names = [one[column] for one in self.speakers() for column in ("name_km", "name_latin")]
        for field in ("title_km", "title_en", "summary_km", "summary_en"):
            text = self.cleaned_data.get(field, "").casefold()
            if any(len(name) > 3 and name.casefold() in text for name in names):
                said = _("A name of a speaker stands in this text. Reviewers are not to know it: write it without.")
                self.add_error(field, said)

    def speakers(self):
        cleaned, found = self.cleaned_data, []
        for ending in ("", *(f"_{number}" for number in range(2, MORE_SPEAKERS + 2))):
            one = {name: cleaned.get(f"{name}{ending}", "") for name in ("name_km", "name_latin", "organisation")}
            if one["name_km"] or one["name_latin"]:
                found.append(one)
        return found

    def content(self):
        cleaned = self.cleaned_data
        columns = [*TITLE, *REACHED, "language", "first_time", "province", "sector"]
        return Content(
            columns={name: cleaned[name] for name in columns if name != "topics"},
            topics=[int(key) for key in cleaned["topics"]] if "topics" in cleaned else [self.call.topics[0].pk],
            speakers=self.speakers(),
            needs={name: cleaned[name] for name in KEPT_APART},
        )


def _of(proposal):
    """What the person wrote before, but for what is kept apart."""
    columns = [*TITLE, *REACHED, "language", "first_time", "province", "sector"]
    found = {name: getattr(proposal, name) for name in columns if name != "topics"}
    found["topics"] = [str(topic.pk) for topic in proposal.topics.all()]
    for place, speaker in enumerate(proposal.speakers.all()):
        ending = f"_{place + 1}" if place else ""
        found |= {f"{name}{ending}": getattr(speaker, name) for name in ("name_km", "name_latin", "organisation")}
    return found


class FileForm(PlainForm):
    file = DocumentField(
        label=_("File"),
        error_messages={"required": _("Choose a file first.")},
        help_text=_("PDF, PowerPoint, Word, Excel or OpenDocument, at most 5 MB."),
    )


class ReviewForm(PlainForm):
    """A score for each criterion of the call."""

    def __init__(self, *args, criteria, review=None, initial=None, **kwargs):
        self.criteria = list(criteria)
        begin = {f"criterion_{key}": score for key, score in review.scores.items()} if review else {}
        begin["comment"] = review.comment if review else ""
        super().__init__(*args, initial=initial or begin, **kwargs)
        for one in self.criteria:
            ends = [f"{digits(score)} = {text}" for score, text in ((1, one.low), (5, one.high)) if text]
            self.fields[f"criterion_{one.pk}"] = one_of(
                SCORE, str(one.name), required=_("Choose a score from 1 to 5."), help_text=" · ".join(ends)
            )
        self.fields["comment"] = Prose(
            label=_("Comment"),
            required=False,
            max_length=3000,
            help_text=_("For the organisers, and for other reviewers once they have scored it"),
        )
        self.helper.layout = type(self.helper.layout)(*self.fields)
        self.initial = initial or begin

    def scores(self):
        return {str(one.pk): int(self.cleaned_data[f"criterion_{one.pk}"]) for one in self.criteria}


class _Scores:
    """As the choices of a column: the digits of the reader's language."""

    @property
    def choices(self):
        return [(str(score), digits(score)) for score in SCORES]


SCORE = _Scores()
