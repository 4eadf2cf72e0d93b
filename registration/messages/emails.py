"""What a message says, in the person's language; by e-mail or read out on the telephone."""

import unicodedata

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from conference.khmer import INVISIBLE
from conference.words import date_only, day, prose_clock
from registration.choices import MessageKind
from registration.links import full_address_for
from registration.messages import calendar_file
from registration.models import MessageText
from registration.placeholders import fill

SUBJECTS = {
    MessageKind.RECEIVED: _("We have received your registration"),
    MessageKind.CONFIRMED: _("Your place is confirmed"),
    MessageKind.WAITING: _("You are on the waiting list"),
    MessageKind.OFFERED: _("A place is free for you"),
    MessageKind.LAPSED: _("The offer of a place has run out"),
    MessageKind.DECLINED: _("We cannot offer you a place"),
    MessageKind.CANCELLED: _("Your registration is cancelled"),
    MessageKind.LINK: _("Your link to your registration"),
    MessageKind.REMINDER: _("The conference begins soon"),
    MessageKind.THANKS: _("Thank you for taking part"),
    MessageKind.PROGRAMME: _("The programme has changed"),
    MessageKind.LETTER: _("News from the organisers"),
    MessageKind.OWN_NEWS: _("There is news on your own page"),
    MessageKind.TRAVEL_DECIDED: _("We have decided on your travel request"),
}
LINK_NOT_SHOWN = _(
    "(Here stands the person’s own link. It is not shown to staff: to hand a link over, make a new one on the page of "
    "the registration.)"
)
WITH_CALENDAR = {MessageKind.CONFIRMED, MessageKind.REMINDER}


def compose(message) -> EmailMessage:
    """Raises ValidationError for an address that no mail server would understand as exactly one."""
    registration = message.registration
    _refuse_what_is_not_one_address(registration.email)
    days = list(registration.days.all())
    link = full_address_for(registration)
    subject, text = words(message.kind, registration, days, link, _written_by_staff(message))
    email = EmailMessage(
        subject,
        text,
        to=[registration.email],
        headers={"Message-ID": f"<{message.uuid}@{_host()}>", "Auto-Submitted": "auto-generated"},
    )
    if message.kind in WITH_CALENDAR:
        email.attach(calendar_file.NAME, calendar_file.of(registration, days), calendar_file.TYPE)
    return email


def text_of(message) -> str:
    """The words, for the staff who read them out. Nothing sensitive is ever in them, nor the person's own link.

    In place of the link stands a note to staff, in the language that is set: theirs.
    """
    registration, note = message.registration, str(LINK_NOT_SHOWN)
    if registration.reached_through:
        return _through_helper(message)
    return words(message.kind, registration, list(registration.days.all()), note, _written_by_staff(message))[1]


def _through_helper(message):
    """On a helper's telephone nothing private is said, whatever the message."""
    registration = message.registration
    context = {
        "registration": registration,
        "edition": registration.edition,
        "days": registration.days.all(),
        "subject": SUBJECTS[message.kind],
    }
    with override(registration.language):
        return render_to_string("registration/email/through_helper.txt", context).strip() + "\n"


def words(kind, registration, days, link: str, written=None) -> tuple[str, str]:
    """Subject and text for one person. What staff wrote (MessageText, Letter) comes first, then the site's own."""
    with override(registration.language):
        values = _values(registration, days, link)
        subject, body = written.in_language(registration.language) if written else ("", "")
        context = {
            "registration": registration,
            "edition": registration.edition,
            "days": days,
            "link": link,
            "own_words": f"registration/email/{kind}.txt",
            "body": fill(body, values),
        }
        template = "registration/email/written.txt" if body else context["own_words"]
        subject = f"{fill(subject, values) or SUBJECTS[kind]} – {registration.edition.title}"
        return _one_line(subject), render_to_string(template, context).strip() + "\n"


def _written_by_staff(message):
    if message.letter and message.letter.is_written:
        return message.letter
    return MessageText.of(message.registration.edition, message.kind)


def _values(registration, days, link):
    """What the placeholders stand for, in the language that is set."""
    edition, until = registration.edition, registration.offered_until
    return {
        "name": registration.shown_name,
        "number": registration.spoken_code,
        "days": "; ".join(day(one.date) for one in days),
        "place": edition.where,
        "link": link,
        "until": f"{date_only(until)}, {prose_clock(until)}" if until else "",
        "reason": registration.decline_reason,
    }


def _refuse_what_is_not_one_address(email):
    validate_email(email)  # quoted, it lets control characters pass
    if _one_line(email) != email:
        raise ValidationError("There is a character in this address that nobody can see.")


def _host():
    return settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(">")


def _one_line(text):
    """No character that could start another header."""
    text = "".join(" " if unicodedata.category(letter) == "Cc" else letter for letter in INVISIBLE.sub("", text))
    return " ".join(text.split())
