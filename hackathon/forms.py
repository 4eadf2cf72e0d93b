"""What participants and teams fill in."""

import re

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from conference.forms import PlainForm, Section
from conference.language.khmer import ascii_digits
from hackathon.choices import Skill, Spoken
from registration.forms.fields import OneLine, Prose, some_of

MAKE, JOIN, PLACE = "make", "join", "place"
LONGEST_SUMMARY = 3000


class Address(forms.URLField):
    """A link, also where it was typed without https://."""

    default_error_messages = {"invalid": _("Write an address such as https://example.org/our-project.")}

    def __init__(self, **kwargs):
        super().__init__(
            required=False,
            max_length=500,
            assume_scheme="https",
            widget=forms.TextInput(attrs={"type": "url"}),
            **kwargs,
        )
        self.validators = [URLValidator(["http", "https"], message=self.error_messages["invalid"])]

    def widget_attrs(self, widget):
        return {"spellcheck": "false", "lang": "en"}


class TeamForm(PlainForm):
    """Make a team, join one, or ask to be put into one."""

    wish = forms.ChoiceField(
        label=_("What would you like?"),
        choices=[
            (MAKE, _("Make a new team (you may also stay alone in it)")),
            (JOIN, _("Join a team whose code I was told")),
            (PLACE, _("I have no team: please put me into one")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the three.")},
    )
    name = OneLine(label=_("Name of the new team"), required=False, max_length=80)
    code = OneLine(
        label=_("Code of the team"),
        required=False,
        max_length=20,
        help_text=_("Six letters and digits. Every person of the team sees it on the page of the team"),
    )
    spoken = some_of(
        Spoken, _("In which languages can you work?"), required=_("Choose at least one language."), side_by_side=True
    )
    skills = some_of(Skill, _("What do you bring?"), help_text=_("Staff mix teams by it. Leave it open if you like"))
    contact = OneLine(
        label=_("How does your team reach you?"),
        required=False,
        max_length=100,
        help_text=_("A Telegram name or a telephone number. Your team and staff see it"),
    )

    def sections(self):
        return [
            Section(_("Your team"), "wish", "name", "code"),
            Section(_("About you"), "spoken", "skills", "contact"),
        ]

    def clean_code(self):
        return re.sub(r"[\s\-‐-―]", "", ascii_digits(self.cleaned_data["code"])).upper()

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("wish") == MAKE and not cleaned.get("name") and "name" not in self.errors:
            self.add_error("name", _("Give the new team a name."))
        if cleaned.get("wish") == JOIN and not cleaned.get("code") and "code" not in self.errors:
            self.add_error("code", _("Write the code of the team."))
        return cleaned


class ProjectForm(PlainForm):
    """The project in both languages. One title is enough to begin with; the rest can follow until the deadline."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    theme = forms.ModelChoiceField(
        label=_("Theme"),
        queryset=None,
        required=False,
        empty_label=_("Another theme"),
        error_messages={"invalid_choice": _("Choose from the answers on this page.")},
    )
    title_en = OneLine(label=_("Title in English"), required=False, max_length=120)
    title_km = OneLine(label=_("Title in Khmer"), required=False, max_length=120)
    summary_en = Prose(label=_("What it does, and for whom, in English"), required=False, max_length=LONGEST_SUMMARY)
    summary_km = Prose(label=_("What it does, and for whom, in Khmer"), required=False, max_length=LONGEST_SUMMARY)
    repository = Address(label=_("Where the code or the files are"))
    slides = Address(label=_("Where the slides are"))
    demo = Address(label=_("Where it can be tried"))
    data_used_en = Prose(
        label=_("Data that you used, in English"),
        required=False,
        help_text=_("One line each: name, who publishes it, licence"),
    )
    data_used_km = Prose(label=_("Data that you used, in Khmer"), required=False)
    licence = OneLine(
        label=_("Licence of your work"),
        required=False,
        max_length=100,
        help_text=_("Under which others may use it, such as MIT or CC BY 4.0"),
    )

    def __init__(self, *args, themes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["theme"].queryset = themes
        for name, field in self.fields.items():
            if name.endswith(("_en", "_km")):
                field.widget.attrs["lang"] = name[-2:]
            if name.startswith("summary"):
                field.widget.attrs["rows"] = 6

    def sections(self):
        return [
            "version",
            Section(
                _("The project"), "theme", "title_en", "title_km", "summary_en", "summary_km",
                lead=_("English, Khmer or both. What is missing in one language is shown in the other."),
            ),
            Section(_("Where it is"), "repository", "slides", "demo"),
            Section(_("Data and licence"), "data_used_en", "data_used_km", "licence"),
        ]  # fmt: skip

    def clean(self):
        cleaned = super().clean()
        if not {"title_en", "title_km"} & set(self.errors) and not (
            cleaned.get("title_en") or cleaned.get("title_km")
        ):
            self.add_error("title_en", _("Write a title, in English or in Khmer."))
        return cleaned


class QuestionForm(PlainForm):
    """A team books an hour of a mentor."""

    question = OneLine(
        label=_("What would you like to ask?"),
        required=False,
        max_length=300,
        help_text=_("The mentor reads it beforehand"),
    )


class LaterForm(PlainForm):
    """Months afterwards: what became of the project."""

    later_en = Prose(label=_("What became of the project, in English"), required=False)
    later_km = Prose(label=_("What became of the project, in Khmer"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs["lang"] = name[-2:]


class ConflictForm(PlainForm):
    """A judge names a conflict of interest."""

    reason = OneLine(
        label=_("What is the conflict?"),
        max_length=300,
        required=False,
        help_text=_("A relation, a colleague, your own students. The organisers alone read it"),
    )
