"""What all staff must look at: a helper that is silent, no backup, erasing that waits or has no date."""

from collections.abc import Sequence
from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from conference import clock
from conference.words import date_only, digits, moment
from registration.backups.noted import unsaved_since
from registration.models import Intake
from registration.models.tending import silent
from registration.retention import by_date

Alarm = tuple[str, str]  # text, address or ""


def alarms(request: HttpRequest, intakes: Sequence[Intake], reported_at: datetime | None) -> list[Alarm]:
    """What is of one edition leads to its intake, for those who may open it. `intakes` are all that there are."""
    may_open = request.user.has_perm("registration.view_intake")
    text = _("%(year)s: no date is set on which personal data is erased. Set both dates in the intake.")
    found = [(text % {"year": digits(one.edition.year)}, one) for one in intakes if len(one.erase_dates) < 2]
    text = _(
        "%(year)s: personal data has reached its date and is not erased, because %(reason)s. Look at today’s date and "
        "at the dates of the intake. If they are right, ask the person who runs the site to run: %(command)s"
    )
    for intake in by_date.waiting(clock.today(), intakes):
        said = text % {
            "year": digits(intake.edition.year),
            "reason": intake.get_erasing_waits_display(),
            "command": "manage.py erase_personal_data --yes",
        }
        found.append((said, intake))
    of_editions = [
        (said, reverse("admin:registration_intake_change", args=[intake.pk]) if may_open else "")
        for said, intake in found
    ]
    return [*_silent_helper(reported_at), *_no_backup(), *of_editions]


def _silent_helper(reported_at: datetime | None) -> list[Alarm]:
    since = silent(reported_at)
    if since is None:
        return []
    text = _(
        "The helper of the site has not reported since %(moment)s. Meanwhile free places are not offered, e-mails "
        "that are late are not sent, and nothing is erased. Ask the person who runs the site to start it again."
    )
    return [(text % {"moment": moment(since)}, "")]


def _no_backup() -> list[Alarm]:
    since = unsaved_since()
    if since is None:
        return []
    text = _("What was stored since %(date)s is in no backup. Ask the person who runs the site to run: %(command)s")
    return [(text % {"date": date_only(timezone.localdate(since)), "command": "bin/backup"}, "")]
