"""Parts of the questions once more, with what the participant has answered, to be changed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from conference.forms import PlainForm, Section
from conference.words import phone
from registration.choices import Agreement, Province, Subject, ToldHow, YesNo
from registration.forms import questions
from registration.forms.extra import ExtraQuestions
from registration.forms.fields import Prose, one_of
from registration.forms.programme import HACKATHON, ProgrammeQuestions
from registration.forms.questions import (
    AGREEMENTS,
    CONTACT,
    LANGUAGES,
    MESSAGES,
    NAMES,
    NEEDS,
    NEEDS_TRAVEL,
    PERSON,
    PROVINCE,
    TAKING_PART,
    TRAVEL,
)
from registration.models import ExtraQuestion, InclusionAnswers, TravelRequest
from registration.own_page.changing import agreements_of


def _of(row, names):
    return {name: getattr(row, name) for name in names} if row else {}


class AnswersForm(questions.asking(NAMES, CONTACT, MESSAGES, TAKING_PART, PROVINCE)):
    """What is not sensitive."""

    def __init__(self, *args, registration, initial=None, **kwargs):
        self.registration = registration
        self.programme = ProgrammeQuestions(registration.edition)
        self.extra = _extra_of(registration)
        known = _of(registration, [*PERSON, *MESSAGES, HACKATHON]) | self.programme.chosen_by(registration)
        known |= {"phone": phone(registration.phone)} | self.extra.initial()
        super().__init__(*args, initial=initial or known, **kwargs)
        self.programme.put_into(self)
        self.extra.put_into(self)
        # Who has a day that is no longer offered, such as the first one on the second, need not choose another.
        offered = {str(day.pk) for day in self.programme.choosable.days.values()}
        self.fields["days"].required = offered.issuperset(known["days"])

    def sections(self):
        return [
            Section(_("You"), *NAMES),
            questions.contact_section(*MESSAGES),
            Section(_("Taking part"), *TAKING_PART, *PROVINCE),
            *self.programme.section(),
            *self.extra.section(),
        ]

    def clean(self):
        questions.check_names(self)
        questions.check_contact(self)
        self.programme.check(self)
        is_near = self.cleaned_data.get("province") == Province.PHNOM_PENH
        if is_near and TravelRequest.objects.filter(registration=self.registration).exists():
            message = _(
                "You have asked ODC to pay your journey, which it does from other provinces only. First answer No "
                "under “Journey and room”, then choose Phnom Penh."
            )
            self.add_error("province", message)
        return self.cleaned_data

    def answers(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        return {
            "person": {name: cleaned[name] for name in [*PERSON, *MESSAGES]} | self.programme.hackathon(self),
            "days": self.programme.chosen_days(self),
            "sessions": self.programme.chosen_breakouts(self),
            "extra": self.extra.given(self),
        }


def _extra_of(registration):
    """The questions of our own that are not sensitive, with what the person answered: one query."""
    asked = list(ExtraQuestion.objects.with_answers_of(registration).asked())
    return ExtraQuestions(asked, asked[0].given if asked else None, is_new=False)


class ExtraForm(PlainForm):
    """Those questions alone, for staff to whom a person says the answers."""

    def __init__(self, *args, registration, initial=None, **kwargs):
        self.extra = _extra_of(registration)
        super().__init__(*args, initial=initial or self.extra.initial(), **kwargs)
        self.extra.put_into(self)

    def sections(self):
        return self.extra.section()

    def answers(self) -> dict[str, Any]:
        return {"extra": self.extra.given(self)}


class NeedsForm(questions.asking(LANGUAGES, NEEDS)):
    """What inclusion officers alone see."""

    def __init__(self, *args, registration, initial=None, **kwargs):
        known = InclusionAnswers.objects.filter(registration=registration).first()
        asked = ExtraQuestion.objects.of(registration.edition).sensitive().asked()
        self.extra = ExtraQuestions(asked, known and known.extra, is_new=False)
        before = _of(known, [*LANGUAGES, *NEEDS]) | self.extra.initial()
        super().__init__(*args, initial=initial or before, **kwargs)
        self.extra.put_into(self)

    def sections(self):
        return [Section(_("Languages"), *LANGUAGES), questions.needs_section(), *self.extra.section()]

    def clean(self):
        questions.check_words(self)
        return self.cleaned_data

    def answers(self) -> dict[str, Any]:
        needs = {name: self.cleaned_data[name] for name in (*LANGUAGES, *NEEDS)}
        return {"needs": needs | self.extra.given_sensitive(self)}


class TravelForm(questions.asking(NEEDS_TRAVEL, TRAVEL)):
    """What the travel desk alone sees."""

    def __init__(self, *args, registration, initial=None, **kwargs):
        self.registration = registration
        known = TravelRequest.objects.filter(registration=registration).first()
        asked = {"needs_travel": YesNo.NO}
        if known:
            asked = _of(known, TRAVEL) | {"needs_travel": YesNo.YES, "emergency_phone": phone(known.emergency_phone)}
        super().__init__(*args, initial=initial or asked, **kwargs)
        questions.offer_nights(self, registration.edition, known.nights if known else ())
        self.fields["needs_travel"].depends_on_another = True
        self.fields["name_on_id"].help_text = _("For the list you sign when you are paid. Your badge keeps its name")

    def clean(self):
        questions.check_travel(self, self.registration.province)
        return self.cleaned_data

    def answers(self) -> dict[str, Any]:
        asks = self.cleaned_data["needs_travel"] == YesNo.YES
        return {"travel": {name: self.cleaned_data[name] for name in TRAVEL} if asks else None}


class AgreementsForm(questions.asking(AGREEMENTS)):
    """What the participant agrees to, except the use of the answers: without that there is no registration."""

    def __init__(self, *args, registration, initial=None, **kwargs):
        given = {subject: one.answer for subject, one in agreements_of(registration).items()}
        photos = given.get(Subject.PHOTOS, "")
        known = {
            "photos": "" if photos == Agreement.NOT_SAID else photos,
            "participant_list": given.get(Subject.PARTICIPANT_LIST) == Agreement.YES,
            "later_events": given.get(Subject.LATER_EVENTS) == Agreement.YES,
        }
        super().__init__(*args, initial=initial or known, **kwargs)

    def answers(self) -> dict[str, Any]:
        return {"agreements": questions.agreements_in(self.cleaned_data)}


class ToldForm(PlainForm):
    """Beside the questions, where staff write down what a person tells them."""

    told_how = one_of(
        ToldHow, _("How did the person tell you?"), required=_("Say how the person told you."), side_by_side=True
    )
    told_agreed = forms.BooleanField(
        label=_("The person agrees that ODC uses these answers to organise the conference"),
        error_messages={"required": _("Ask the person first: without their agreement we may not keep these answers.")},
    )


class AskForm(PlainForm):
    """What staff should change, in the participant's own words."""

    text = Prose(
        label=_("What should we change?"),
        error_messages={"required": _("Write what we should change.")},
        help_text=_("The people at the registration desk read this"),
    )
