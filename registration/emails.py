"""What a message says, in the person's language; by e-mail or read out on the telephone."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from conference.khmer import INVISIBLE
from registration.choices import MessageKind
from registration.links import address_for

SUBJECTS = {
    MessageKind.RECEIVED: _("We have received your registration"),
    MessageKind.CONFIRMED: _("Your place is confirmed"),
    MessageKind.WAITING: _("You are on the waiting list"),
    MessageKind.OFFERED: _("A place is free for you"),
    MessageKind.LAPSED: _("The offer of a place has run out"),
    MessageKind.DECLINED: _("We cannot offer you a place"),
    MessageKind.CANCELLED: _("Your registration is cancelled"),
    MessageKind.LINK: _("Your link to your registration"),
    MessageKind.TRAVEL_DECIDED: _("We have decided on your travel request"),
}


def compose(message) -> EmailMessage:
    registration = message.registration
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(">")
    with override(registration.language):
        subject = f"{SUBJECTS[message.kind]} – {registration.edition.title}"
    return EmailMessage(
        _one_line(subject),
        text_of(message),
        to=[_one_line(registration.email)],
        headers={"Message-ID": f"<{message.uuid}@{host}>", "Auto-Submitted": "auto-generated"},
    )


def text_of(message) -> str:
    """The words, for an e-mail and for whoever reads them out. Nothing sensitive is ever in them."""
    registration = message.registration
    context = {
        "registration": registration,
        "edition": registration.edition,
        "days": registration.days.all(),
        "link": settings.SITE_URL + address_for(registration),
    }
    with override(registration.language):
        return render_to_string(f"registration/email/{message.kind}.txt", context).strip() + "\n"


def _one_line(text):
    """No character that could start another header."""
    return " ".join(INVISIBLE.sub("", text).split())
