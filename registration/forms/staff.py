"""The same questions, asked by staff on behalf of a person: on the telephone, from paper, in a village."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from conference.forms import Section
from registration.choices import Channel
from registration.forms.sign_up import SignUpForm

KEPT_FOR_THE_NEXT = ["channel", "language", "organisation", "province", "days"]


BY_ITSELF = {Channel.WEB, Channel.LIST, Channel.INVITATION}  # never said by the staff who enter a person


class StaffSignUpForm(SignUpForm):
    kept_in_browser = ()  # the office's computer keeps nothing

    channel = forms.ChoiceField(
        label=_("How did this registration come to us?"),
        choices=[(one.value, one.label) for one in Channel if one not in BY_ITSELF],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how this registration came to us.")},
    )
    language = forms.ChoiceField(
        label=_("In which language do we write and speak to this person?"),
        choices=settings.LANGUAGES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the language of this person.")},
    )
    anyway = forms.BooleanField(label=_("This is another person: register anyway"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["anyway"].depends_on_another = True  # on who looks alike: not simply optional
        agreed = self.fields["data_use"]
        agreed.label = _(
            "The questions of agreement were read out, or stand on the signed paper, and the person agreed that ODC "
            "uses these answers to organise the conference"
        )
        agreed.error_messages["required"] = _("Without the person’s agreement we may not keep these answers.")

    def sections(self):
        """Without `anyway`: the page shows it only beside registrations that look alike."""
        return [Section(_("How it came"), "channel", "language"), *super().sections()]

    def for_the_next(self):
        """What people of one call or one village have in common, as the form takes it. Nothing sensitive."""
        return {name: self.cleaned_data[name] for name in KEPT_FOR_THE_NEXT}
