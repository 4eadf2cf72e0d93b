from django.utils.translation import gettext_lazy as _

from conference.forms import PlainForm
from registration.form_fields import Email


class FindForm(PlainForm):
    """Who has lost their link."""

    email = Email(
        label=_("E-mail"),
        error_messages={
            "required": _("Write your e-mail address."),
            "invalid": _("Write an e-mail address such as name@example.org."),
        },
    )
