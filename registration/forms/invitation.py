"""What a guest is asked who says yes to an invitation: little, for the organisers know the person already."""

from django.utils.translation import gettext_lazy as _

from conference.forms import Details, Section
from conference.words import day as day_in_words
from registration.forms import questions
from registration.forms.extra import ExtraQuestions
from registration.forms.questions import AGREEMENTS, DATA_USE, NEEDS, NEEDS_ANYTHING, TAKING_PART

DAYS = {"days": TAKING_PART["days"]}


class InvitationForm(questions.asking(DAYS, NEEDS_ANYTHING, NEEDS, DATA_USE, AGREEMENTS)):
    """`days` are those that are kept for the guest, by the date that is published; `asked` are the edition's own
    questions.
    """

    def __init__(self, *args, days, asked=(), initial=None, **kwargs):
        self.extra = ExtraQuestions(asked)
        super().__init__(*args, initial=initial or {"days": [str(day.pk) for day in days]}, **kwargs)
        self.extra.put_into(self)
        self.offered = {str(day.pk): day for day in days}
        self.fields["days"].choices = [(key, day_in_words(day.date)) for key, day in self.offered.items()]

    def sections(self):
        return [
            Section(_("Taking part"), *DAYS),
            *self.extra.section(),
            Section(_("What you need"), *NEEDS_ANYTHING, Details(_("Say what you need"), *NEEDS)),
            Section(_("What you agree to"), *DATA_USE, *AGREEMENTS),
        ]

    def clean(self):
        questions.check_needs(self)
        questions.check_words(self)
        return self.cleaned_data

    def answers(self):
        cleaned = self.cleaned_data
        return {
            "days": [self.offered[key] for key in cleaned["days"]],
            "agreements": questions.agreements_in(cleaned),
            "needs": questions.needs_in(cleaned) | self.extra.given_sensitive(self),
            "extra": self.extra.given(self),
        }
