from django import forms
from django.utils.translation import gettext_lazy as _

from registration.forms.fields import Prose


class ReasonForm(forms.Form):
    """Why a person of staff takes sensitive answers away."""

    reason = Prose(
        label=_("Why do you need this file?"),
        max_length=500,
        help_text=_("It is kept in the access log and stands in the file. Name no person."),
        error_messages={"required": _("Write why you need this file.")},
    )
