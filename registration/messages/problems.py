"""Why a message did not arrive, in words that staff understand. The row keeps only the kind of error."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

CAME_BACK = "CameBack"
TOO_MANY = "TooMany"
MAY_HAVE_ARRIVED = "MayHaveArrived"

_NO_SERVER = _("the mail server could not be reached")
_NO_SUCH_ADDRESS = _("the address does not exist, or takes no e-mail")
_SERVER_REFUSES_US = _("the mail server refuses our e-mail: tell the person who runs the site")
_NO_MESSAGE = _("the message cannot be written: tell the person who runs the site")

IN_WORDS: dict[str, str | Promise] = {
    "": "",
    CAME_BACK: _("it came back"),
    TOO_MANY: _("this address has had too many e-mails today"),
    MAY_HAVE_ARRIVED: _("the mail server broke off at the end: the message may have arrived, even twice"),
    "ValidationError": _("this is not an e-mail address: correct it in the registration"),
    "SMTPRecipientsRefused": _NO_SUCH_ADDRESS,
    "SMTPAuthenticationError": _SERVER_REFUSES_US,
    "SMTPSenderRefused": _SERVER_REFUSES_US,
    "SMTPNotSupportedError": _SERVER_REFUSES_US,
    "SMTPHeloError": _SERVER_REFUSES_US,
    "SMTPDataError": _("the mail server did not take this message"),
    "SMTPResponseException": _("the mail server did not take this message"),
    "SMTPServerDisconnected": _NO_SERVER,
    "SMTPConnectError": _NO_SERVER,
    "ConnectionRefusedError": _NO_SERVER,
    "ConnectionResetError": _NO_SERVER,
    "ConnectionAbortedError": _NO_SERVER,
    "BrokenPipeError": _NO_SERVER,
    "TimeoutError": _NO_SERVER,
    "gaierror": _NO_SERVER,
    "OSError": _NO_SERVER,
    "SSLError": _NO_SERVER,
    "SSLCertVerificationError": _NO_SERVER,
}


def in_words(problem: str) -> str | Promise:
    return IN_WORDS.get(problem, _NO_MESSAGE)
