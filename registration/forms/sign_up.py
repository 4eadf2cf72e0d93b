"""Signing up: all questions on one page."""

from crispy_forms.layout import Div
from django.utils.translation import gettext_lazy as _

from conference.forms import Section
from registration.choices import Agreement, Subject, YesNo
from registration.forms import questions
from registration.forms.fields import Token
from registration.forms.programme import ProgrammeQuestions
from registration.forms.questions import (
    AGE,
    AGREEMENTS,
    CONTACT,
    DATA_USE,
    LANGUAGES,
    NAMES,
    NEEDS,
    NEEDS_TRAVEL,
    PERSON,
    PROVINCE,
    TAKING_PART,
    TRAVEL,
)
from registration.signing_up.answers import Answers, Person
from registration.signing_up.guardians import first_name

INCLUSION = [*LANGUAGES, *NEEDS]
EVERY_QUESTION = [
    *(NAMES, AGE, CONTACT, TAKING_PART, LANGUAGES, NEEDS),
    *(PROVINCE, NEEDS_TRAVEL, TRAVEL, AGREEMENTS, DATA_USE),
]


class SignUpForm(questions.asking(*EVERY_QUESTION)):
    kept_in_browser = ("form_token", "days", *PERSON)  # never what is sensitive, or about another person

    form_token = Token()

    def __init__(self, *args, edition, **kwargs):
        self.edition = edition
        self.programme = ProgrammeQuestions(edition)
        super().__init__(*args, **kwargs)
        self.programme.put_into(self)
        questions.offer_nights(self, edition)
        for name in ("guardian_name", "guardian_phone", "needs_travel"):
            self.fields[name].depends_on_another = True  # on age or province: not simply optional

    def sections(self):
        return [
            "form_token",
            Section(
                _("You"), "name_km", "name_latin", "adult", Div("guardian_name", "guardian_phone", css_id="guardian")
            ),
            questions.contact_section(),
            Section(_("Taking part"), *TAKING_PART, *LANGUAGES),
            *self.programme.section(),
            questions.needs_section(),
            Section(_("Travel"), *PROVINCE, Div(*NEEDS_TRAVEL, *TRAVEL, css_id="travel")),
            Section(_("What you agree to"), *AGREEMENTS, *DATA_USE),
        ]

    @property
    def is_for_guardian(self):
        """The person is under 18: the form is no registration, but asks us to call a parent or guardian."""
        return self.cleaned_data.get("adult") == YesNo.NO

    def clean(self):
        answers = self.cleaned_data
        if self.is_for_guardian:  # of all questions only these count
            messages = {
                "guardian_name": _("Write the name of your parent or guardian."),
                "guardian_phone": _("Write the telephone number of your parent or guardian."),
            }
            for name in set(self.errors) - {*messages, *NAMES}:
                del self._errors[name]
            questions.check_names(self)
            for name, message in messages.items():
                if name not in self.errors and not answers[name]:
                    self.add_error(name, message)
            return answers
        questions.check_names(self)
        questions.check_contact(self)
        self.programme.check(self)
        questions.check_words(self)
        questions.check_travel(self, answers.get("province"))
        return answers

    def whom_to_call(self, language):
        """What guardians.ask_to_call takes, of a form that is valid and for a guardian."""
        names = [self.cleaned_data[name] for name in NAMES]
        whom = {name: self.cleaned_data[name] for name in ("guardian_name", "guardian_phone")}
        return {"child_name": first_name(*names, language), "language": language, **whom}

    def person(self) -> Person:
        """Of a form for a guardian, too: what was typed wrong is empty."""
        return {name: self.cleaned_data.get(name, "") for name in PERSON} | self.programme.hackathon(self)

    def answers(self) -> Answers:
        """What sign_up() takes, of a form that is valid."""
        cleaned = self.cleaned_data
        asks_for_travel = cleaned["needs_travel"] == YesNo.YES
        return Answers(
            person=self.person(),
            days=self.programme.chosen_days(self),
            breakouts=self.programme.chosen_breakouts(self),
            inclusion={name: cleaned[name] for name in INCLUSION},
            travel={name: cleaned[name] for name in TRAVEL} if asks_for_travel else None,
            consents={Subject.DATA_USE: Agreement.YES, **questions.agreements_in(cleaned)},
        )
