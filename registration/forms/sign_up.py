"""Signing up: all questions, on three short pages or, for staff, on one."""

from crispy_forms.layout import Div, Layout
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from conference.forms import Details, Section
from registration.choices import Agreement, FormPage, Subject, YesNo
from registration.forms import questions
from registration.forms.extra import ExtraQuestions
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
    NEEDS_ANYTHING,
    NEEDS_TRAVEL,
    PERSON,
    PROVINCE,
    TAKING_PART,
    TRAVEL,
)
from registration.signing_up.answers import Answers, Person
from registration.signing_up.guardians import first_name

EVERY_QUESTION = [
    *(NAMES, AGE, CONTACT, TAKING_PART, LANGUAGES, NEEDS_ANYTHING, NEEDS),
    *(PROVINCE, NEEDS_TRAVEL, TRAVEL, AGREEMENTS, DATA_USE),
]
TITLES = [page.label for page in FormPage]
LAST_PAGE = len(TITLES)


def _names_in(layout):
    return [pointer.name for pointer in layout.get_field_names()]


class SignUpForm(questions.asking(*EVERY_QUESTION)):
    """Whole until it is turned to a page. Whatever it shows, it checks all questions together."""

    titles = TITLES
    kept_in_browser = ("form_token", "days", *PERSON)  # never what is sensitive, or about another person

    form_token = Token()

    def __init__(self, *args, edition, **kwargs):
        self.edition = edition
        self.programme = ProgrammeQuestions(edition)
        self.extra = ExtraQuestions(self.programme.choosable.questions)
        super().__init__(*args, **kwargs)
        self.programme.put_into(self)
        self.extra.put_into(self)
        questions.offer_nights(self, edition)
        for name in (*AGE, "other_language", "needs_travel", "access_needs"):
            # On age, a language, the province or a yes: not simply optional.
            self.fields[name].depends_on_another = True
        self.order_fields(_names_in(self.helper.layout))  # errors are summed up in the order of the page

    @classmethod
    def gathered(cls, sent, page, before, *, token, edition):
        """With what was sent from one page now, and what was typed on the others before."""
        form = cls({}, edition=edition)
        here = form.names_on(page)
        now = {name: sent.getlist(name) for name in here if name in sent}
        others = {name: values for name, values in before.items() if name not in here}
        form.data = MultiValueDict(others | now | {"form_token": [str(token)]})
        return form

    def pages(self):
        """What stands on each of the pages, in order. The class of a part says which answer opens it."""
        shared, assisted = Div("share_with", css_class="if-shared"), Div("assistant_name", css_class="if-assistant")
        food = Details(_("Other food: vegetarian, halal, an allergy"), "food", "food_note")
        papers = ["name_on_id", "emergency_name", "emergency_phone"]
        room = ["nights", "mode", "sharing", shared, "step_free_room"]
        room.append(Details(_("Name on your ID card, emergency contact"), *papers))
        return [
            [
                *(*NAMES, "phone"),
                Details(_("Telegram, e-mail, or a telephone of others"), "telegram", "email", "phone_owner"),
                *("adult", Div("guardian_name", "guardian_phone", css_class="if-young")),
                *self.extra.names(FormPage.YOU),
            ],
            [
                *("sector", "organisation", "part", "days", "languages"),
                Div("other_language", css_class="if-another-language"),
                *self.extra.names(FormPage.TAKING_PART),
                *self.programme.folded(),
            ],
            [
                *PROVINCE,
                Div(*NEEDS_TRAVEL, Div(*room, css_class="if-travel"), css_class="if-elsewhere"),
                *NEEDS_ANYTHING,
                Div("access_needs", assisted, "access_note", food, css_class="if-needs"),
                *self.extra.names(FormPage.NEEDS),
                *(*AGREEMENTS, *DATA_USE),
            ],
        ]

    def sections(self):
        parts = [Section(title, *page) for title, page in zip(TITLES, self.pages(), strict=True)]
        return ["form_token", *parts]

    def names_on(self, page):
        """The fields of one page, but for the token, which is on all of them."""
        return _names_in(Layout(*self.pages()[page - 1]))

    def page_with_errors(self, up_to=LAST_PAGE):
        """The first page on which something is wrong, or None. Later pages are not asked for yet."""
        return next((page for page in range(1, up_to + 1) if self.errors.keys() & set(self.names_on(page))), None)

    def turn_to(self, page):
        """Shows one page alone, with its own errors and those of the whole form."""
        shown = {"form_token", *self.names_on(page)}
        questions.drop_errors(self, set(self.errors) - shown - {NON_FIELD_ERRORS})
        self.fields = {name: field for name, field in self.fields.items() if name in shown}
        self.helper.layout = Layout("form_token", *self.pages()[page - 1])
        self.page = page
        return self

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
            questions.drop_errors(self, set(self.errors) - {*messages, *NAMES})
            questions.check_names(self)
            for name, message in messages.items():
                if name not in self.errors and not answers[name]:
                    self.add_error(name, message)
            return answers
        questions.check_names(self)
        questions.check_contact(self)
        self.programme.check(self)
        questions.check_needs(self)
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
            inclusion={
                **{name: cleaned[name] for name in LANGUAGES},
                **questions.needs_in(cleaned),
                **self.extra.given_sensitive(self),
            },
            extra=self.extra.given(self),
            travel={name: cleaned[name] for name in TRAVEL} if asks_for_travel else None,
            consents={Subject.DATA_USE: Agreement.YES, **questions.agreements_in(cleaned)},
        )
