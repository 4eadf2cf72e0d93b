import re

from django import forms
from django.utils.translation import gettext_lazy as _

from conference.forms import PlainForm
from conference.language.khmer import ascii_digits
from registration.forms.fields import Email, OneLine, Phone
from registration.models.codes import CODE


class FindForm(PlainForm):
    """For a participant who has lost the link to their own page."""

    email = Email(
        label=_("E-mail"),
        error_messages={
            "required": _("Write your e-mail address."),
            "invalid": _("Write an e-mail address such as name@example.org."),
        },
    )


class ReferenceNumber(OneLine):
    """As people write it: large or small letters, with the dash or without, digits of either language."""

    def to_python(self, value):
        return re.sub(r"[\s\-‐-―]", "", ascii_digits(super().to_python(value))).upper()

    def validate(self, value):
        super().validate(value)
        if not CODE.fullmatch(value):
            raise forms.ValidationError(_("Write the reference number: three and four letters or digits."))


class PrivateCodeForm(PlainForm):
    """For a participant whose own page is open, but not all of it."""

    code = OneLine(
        label=_("Private code"),
        max_length=40,
        error_messages={"required": _("Write your private code: eight letters or digits.")},
    )


class NumberForm(PlainForm):
    """For a participant without an e-mail address."""

    number = ReferenceNumber(
        label=_("Reference number"), error_messages={"required": _("Write your reference number.")}
    )
    phone = Phone(
        label=_("Telephone"),
        autocomplete="tel",
        help_text=_("The one with which you signed up"),
        error_messages={"required": _("Write your telephone number.")},
    )
