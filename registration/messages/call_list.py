"""Who is still to be told by telephone, as a list to work through with a pen."""

from django.utils.translation import gettext_lazy as _

from conference.models import Edition
from conference.words import date_only, digits, moment, phone
from registration.lists.ready import Column, ReadyList
from registration.models import Message

OF_MESSAGES = "registration.view_message"


def telephone(message: Message) -> str:
    """Where the person is reached: the contact that the message goes to, the helper, or the person's own."""
    if message.contact:
        return phone(message.contact)
    if helper := message.registration.reached_through:
        return helper.way
    return phone(message.registration.phone) or message.registration.telegram


def call_list(edition: Edition) -> ReadyList:
    calls = Message.objects.open_calls().next_to_call().filter(registration__edition=edition)
    calls = calls.select_related("registration__helper")
    return ReadyList(
        "calls",
        _("Call list"),
        _("Who is still to be told something by telephone. The words to say stand on the site."),
        [
            Column("code", _("Reference number"), lambda call: call.registration.spoken_code),
            Column("name", _("Name"), lambda call: call.registration.shown_name),
            Column("phone", _("Telephone"), telephone),
            Column("language", _("Language of our messages"), lambda call: call.registration.get_language_display()),
            Column("kind", _("What about"), lambda call: call.get_kind_display()),
            Column("written", _("Since"), lambda call: date_only(call.created_at)),
            Column("tries", _("Calls without an answer"), lambda call: digits(call.tries) if call.tries else ""),
            Column("again", _("To be called again"), lambda call: moment(call.call_at) if call.call_at else ""),
            Column("told", _("Told"), lambda _call: ""),
        ],
        lambda: calls,
        permission=OF_MESSAGES,
    )
