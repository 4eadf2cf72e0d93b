from django import forms
from django.utils.translation import gettext_lazy as _

from conference.forms import PlainForm
from registration.choices import AgeBand, Gender, Group
from registration.forms.fields import OneLine, one_of, some_of


class AboutParticipantsForm(PlainForm):
    """The skippable page: three questions, none required."""

    gender = one_of(Gender, _("Your gender"))
    gender_words = OneLine(label=_("In your own words"), required=False, max_length=100)
    age_band = one_of(AgeBand, _("Your age"))
    groups = some_of(
        Group, _("Do you see yourself as part of any of these groups?"), help_text=_("Choose all that apply")
    )
    groups_words = OneLine(label=_("Which other group?"), required=False, max_length=200)

    def clean_groups(self):
        groups = self.cleaned_data["groups"]
        if len(groups) > 1 and {Group.NONE, Group.NOT_SAID} & set(groups):
            raise forms.ValidationError(_("Choose groups, or “none of these”, or “prefer not to say”, not both."))
        return groups
