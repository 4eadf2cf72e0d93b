from django import forms
from django.utils.translation import gettext_lazy as _

from conference.forms import PlainForm
from contributions.models import Followed, Useful
from registration.forms.fields import Prose, one_of

PRIVATE = _("Name no person, and nothing that you would not like to be read.")


class FeedbackForm(PlainForm):
    """Four questions. None must be answered, but one of them."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    useful = one_of(Useful, _("How useful was this session for you?"))
    followed = one_of(Followed, _("Could you follow it: the language, the interpretation, the sound?"))
    good = Prose(label=_("What was good?"), required=False, max_length=1000, help_text=PRIVATE)
    better = Prose(label=_("What should be better?"), required=False, max_length=1000)
    kept_in_browser = ("good", "better")

    def __init__(self, *args, is_of_all=False, **kwargs):
        super().__init__(*args, **kwargs)
        if is_of_all:
            self.fields["useful"].label = _("How useful was the conference for you?")
            self.fields["followed"].label = _("Could you take part as you wished: the language, the access, the time?")

    def clean(self):
        if not self.errors and not any(self.answers().values()):
            self.add_error(None, _("Answer at least one of the questions."))
        return self.cleaned_data

    def answers(self):
        return {name: self.cleaned_data[name] for name in ("useful", "followed", "good", "better")}
