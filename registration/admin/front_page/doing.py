"""How the site is doing, in words on the admin's first page; for a program that watches it, /metrics says the same."""

from django.utils.translation import gettext as _

from conference.models import Edition
from conference.words import digits, moment
from registration.choices import Status
from registration.watching.counters import Counters

GIGABYTE = 1024**3


def in_words(found: Counters, edition: Edition | None) -> list[tuple[str, str]]:
    """(what, how it stands), for those who see the messages. The registrations are those of the edition."""
    waiting = digits(found.waiting)
    if found.waits_since:
        waiting = _("%(number)s, the first since %(moment)s") % {
            "number": waiting,
            "moment": moment(found.waits_since),
        }
    lines = [
        (_("E-mails that wait to be sent"), waiting),
        (_("E-mails that could not be sent"), digits(found.failed)),
        (_("Last backup"), moment(found.backup_at) if found.backup_at else _("none yet")),
        (_("Last report of the helper"), moment(found.helper_at) if found.helper_at else _("none yet")),
        (_("Room on the disk"), _("%(number)s GB") % {"number": digits(f"{found.room / GIGABYTE:.1f}")}),
    ]
    if edition is None:
        return lines
    standings = found.of_edition(edition)
    of_people = [f"{label} {digits(standings[status])}" for status, label in Status.choices if status in standings]
    what = _("Registrations of %(year)s") % {"year": digits(edition.year)}
    return [(what, " · ".join(of_people) or _("none yet")), *lines]
