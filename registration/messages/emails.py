"""What a message says, in the person's language; by e-mail or read out on the telephone."""

import unicodedata

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from agenda.models import Day
from agenda.publishing import chosen
from conference.language.khmer import INVISIBLE
from conference.words import day, moment
from registration.choices import MessageKind
from registration.links import full_address_for, invitation_for, private_code
from registration.messages import calendar_file
from registration.models import Letter, Message, MessageText, PlannedLetter, Registration
from registration.placeholders import fill

SUBJECTS: dict[str, Promise] = {
    MessageKind.RECEIVED: _("We have received your registration"),
    MessageKind.CONFIRMED: _("Your place is confirmed"),
    MessageKind.WAITING: _("You are on the waiting list"),
    MessageKind.INVITED: _("You are invited"),
    MessageKind.OFFERED: _("A place is free for you"),
    MessageKind.LAPSED: _("The offer of a place has run out"),
    MessageKind.DECLINED: _("We cannot offer you a place"),
    MessageKind.CANCELLED: _("Your registration is cancelled"),
    MessageKind.LINK: _("Your link to your registration"),
    MessageKind.REMINDER: _("The conference begins soon"),
    MessageKind.THANKS: _("Thank you for taking part"),
    MessageKind.CERTIFICATE: _("Your certificate of attendance"),
    MessageKind.PROGRAMME: _("The programme has changed"),
    MessageKind.LETTER: _("News from the organisers"),
    MessageKind.LATER_EVENT: _("News of a later event"),
    MessageKind.OWN_NEWS: _("There is news on your own page"),
    MessageKind.CONTACT: _("How we reach you was changed"),
    MessageKind.DAYS: _("Your days at the conference have changed"),
}
LINK_NOT_SHOWN = _(
    "(Here stands the person’s own link. It is not shown to staff: to hand a link over, make a new one on the page of "
    "the registration.)"
)
INVITATION_NOT_SHOWN = _("(Here stands the guest’s link. You find it on the page of the invitation.)")


def compose(message: Message) -> EmailMessage:
    """Raises ValidationError for an address that no mail server would understand as exactly one."""
    registration, address = message.registration, message.email
    validate_email(address)  # quoted, it lets control characters pass
    if _one_line(address) != address:
        raise ValidationError("There is an invisible character in this address.")
    days = chosen.as_published(registration.edition, registration.days.all())
    link = invitation_for(registration) if message.kind == MessageKind.INVITED else full_address_for(registration)
    # A contact that staff gave is told no private code: it may not be the participant's.
    code = "" if registration.is_closed_to_some else private_code(registration)
    subject, text = words(message.kind, registration, days, link, _written_by_staff(message), private_code=code)
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip(">")
    email = EmailMessage(
        subject,
        text,
        to=[address],
        headers={"Message-ID": f"<{message.uuid}@{host}>", "Auto-Submitted": "auto-generated"},
    )
    for name, content, mimetype in calendar_file.for_message(message.kind, registration, days):
        email.attach(name, content, mimetype)
    return email


def text_of(message: Message) -> str:
    """The words, for the staff who read them out. Nothing sensitive is ever in them, nor the person's own link.

    In place of the link stands a note to staff, in the language that is set: theirs. On a helper's telephone nothing
    private is said, whatever the message.
    """
    registration = message.registration
    days = chosen.as_published(registration.edition, registration.days.all())
    if message.contact or not registration.reached_through:
        note = str(INVITATION_NOT_SHOWN if message.kind == MessageKind.INVITED else LINK_NOT_SHOWN)
        return words(message.kind, registration, days, note, _written_by_staff(message))[1]
    context = {
        "registration": registration,
        "edition": registration.edition,
        "days": days,
        "subject": SUBJECTS[message.kind],
    }
    with override(registration.language):
        return render_to_string("registration/email/through_helper.txt", context).strip() + "\n"


def words(
    kind: str,
    registration: Registration,
    days: list[Day],
    link: str,
    written: MessageText | Letter | PlannedLetter | None = None,
    *,
    private_code: str = "",
) -> tuple[str, str]:
    """Subject and text for one person. What staff wrote comes first, then the site's own words.

    `link` and `private_code` are for the person alone. For staff a note stands in place of the link, and no code.
    """
    with override(registration.language):
        values, own_words = _values(registration, days, link), f"registration/email/{kind}.txt"
        subject, body = written.in_language(registration.language) if written else ("", "")
        context = {
            "registration": registration,
            "edition": registration.edition,
            "days": days,
            "link": link,
            "private_code": private_code,
            "own_words": own_words,
            "body": fill(body, values),
        }
        template = "registration/email/written.txt" if body else own_words
        subject = f"{fill(subject, values) or SUBJECTS[kind]} – {registration.edition.title}"
        return _one_line(subject), render_to_string(template, context).strip() + "\n"


def _written_by_staff(message: Message) -> MessageText | Letter | None:
    if message.letter and message.letter.is_written:
        return message.letter
    return MessageText.of(message.registration.edition, message.kind)


def _values(registration: Registration, days: list[Day], link: str) -> dict[str, str]:
    """What the placeholders stand for, in the language that is set."""
    edition, until = registration.edition, registration.offered_until
    return {
        "name": registration.shown_name,
        "number": registration.spoken_code,
        "days": "; ".join(day(one.date) for one in days),
        "place": edition.where,
        "link": link,
        "until": moment(until) if until else "",
        "reason": registration.decline_reason,
    }


def _one_line(text: str) -> str:
    """No character that could start another header."""
    text = "".join(" " if unicodedata.category(letter) == "Cc" else letter for letter in INVISIBLE.sub("", text))
    return " ".join(text.split())
