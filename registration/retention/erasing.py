"""Forgetting who came: on two dates of each edition the answers go, then the people; the figures stay.

registration/data/retention.toml says for each column what happens to it; people read it, and the tests compare this
module with it (tests/registration/retention/test_erasing.py). Everything here may run again, or late: it looks for
what is still there, never at what was done before.
"""

import re
import tomllib
import uuid
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, cast

from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection
from django.db.models import CharField, F, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.crypto import get_random_string

from conference.models import Attempt, Edition
from conference.rooms_above import Erased, apps_above, rooms_above
from conference.serving.databases import batches
from registration.models import (
    AccessLog,
    Arrangement,
    Attendance,
    BadgePrint,
    BringingIn,
    Certificate,
    ChangeRequest,
    Consent,
    DeskAct,
    ExtraAnswers,
    GuardianCall,
    Helper,
    InclusionAnswers,
    Intake,
    Invitation,
    Letter,
    Message,
    PlannedLetter,
    Registration,
    SecondNumber,
    Step,
    TravelExpense,
    TravelRequest,
)
from registration.models.codes import CODE_LETTERS
from registration.models.registration import ERASED_WORD
from registration.places import lock
from registration.travel.budget import keep_totals

POLICY_FILE = Path(__file__).parents[1] / "data" / "retention.toml"

# What stands in a row whose person is erased. The table demands a name and a way to be reached
# (registration_has_a_name, registration_can_be_reached).
ERASED = {
    "name_km": "",
    "name_latin": ERASED_WORD,
    "name_km_key": "",
    "name_latin_key": "",
    "name_km_order": "",
    "person_key": None,
    "badge_token": None,
    "phone": "",
    "phone_owner": "",
    "telegram": ERASED_WORD,
    "email": "",
    "organisation": "",
    "remark": "",
    "decline_reason": "",
    "registered_by": None,
    "helper": None,
}
TIMES = ["created_at", "waiting_since", "offered_until"]
# Longer than the number of a living registration, so that it is never taken for one.
CODE_LENGTH = cast(int, Registration._meta.get_field("code").max_length)  # for Django's stubs it may be None
# For a table that another connection is reading, on PostgreSQL. SQLite: "timeout" in conference/serving/databases.py
LONGEST_WAIT = "20s"
SPOKEN_CODE = re.compile(rf"\b[{CODE_LETTERS}]{{3}}-[{CODE_LETTERS}]{{4}}\b")


class StillInTheFile(Exception):
    """The rows are erased, but the database was in use and its files may still hold their bytes. To be run again."""


def policy_files() -> list[Path]:
    above = [Path(apps.get_app_config(app).path) / "data" / POLICY_FILE.name for app in apps_above()]
    return [POLICY_FILE, *above]


def policy() -> dict[str, dict[str, str]]:
    """The policy file, and those of apps on top: for each table, the word for each of its columns."""
    sections: dict[str, Any] = {}
    for file in policy_files():
        sections |= tomllib.loads(file.read_text(encoding="utf-8"))
    words = sections.pop("words")
    return {
        table: {column: word for word in words for column in section.get(word, [])}
        for table, section in sections.items()
    }


def due(today: date) -> QuerySet[Intake]:
    """The intakes of which one date has come, each with its edition."""
    come = Q(erase_sensitive_on__lte=today) | Q(erase_all_on__lte=today)
    return Intake.objects.filter(come).select_related("edition").order_by("edition__year")


def next_date(intake: Intake, today: date) -> date | None:
    """When the next of the two dates of an edition comes, or None."""
    return min((day for day in intake.erase_dates if day > today), default=None)


def what_goes(intake: Intake, today: date) -> dict[str, int]:
    """How many rows `erase` would change or delete today, by what they are."""
    numbers: dict[str, int] = {}
    if not intake.keeps_sensitive(today):
        numbers |= {what: rows.count() for what, rows in _answers(intake.edition_id).items()}
        numbers |= _numbers_above(intake.edition_id, is_sensitive=True)
    if intake.links_expired(today):
        numbers |= {what: rows.count() for what, rows in _people(intake.edition_id).items()}
        numbers |= _numbers_above(intake.edition_id, is_sensitive=False)
        numbers["lines of the access log"] = len(_lines_of_the_access_log(intake.edition_id))
        numbers["reasons in the access log"] = _reasons_in_the_access_log(intake.edition_id).count()
        numbers["times of agreements"] = len(_times_of_agreements(intake.edition_id))
        numbers["times of arrivals"] = len(_times_of_arrivals(intake.edition_id))
        numbers["sessions"] = Session.objects.count() if numbers["registrations"] else 0
    return numbers


def erase(edition: Edition, today: date) -> dict[str, int]:
    """Erases what the dates of one edition ask for, in one transaction; returns the numbers.

    Under the lock of the places: a transition that has read a row would otherwise write the person back. A page of
    the admin that was opened before, and is saved afterwards, writes a person back until the next run.
    """
    with lock.place_lock(edition.pk) as intake:
        numbers = what_goes(intake, today)
        if not intake.keeps_sensitive(today):
            keep_totals(edition)
            for rows in _answers(edition.pk).values():
                rows.delete()
            for one in _above(is_sensitive=True):
                one.erase(one.rows(edition.pk))
        if not intake.links_expired(today):
            return numbers
        people = _people(edition.pk)
        AccessLog.objects.bulk_update(_lines_of_the_access_log(edition.pk), ["subject"], batch_size=500)
        _reasons_in_the_access_log(edition.pk).update(reason=None)
        people["lines of the admin log"].delete()
        for what in (
            *(
                "messages",
                "letters",
                "letters by date",
                "invitations",
                "changes",
                "second numbers",
                "attempts of visitors",
            ),
            *("acts at the desk", "badges printed", "lists from elsewhere", "answers to further questions"),
        ):
            people[what].delete()
        for one in _above(is_sensitive=False):
            one.erase(one.rows(edition.pk))
        people["certificates"].update(
            registration=None, earlier_of=None
        )  # what is verified stays, but of no known row
        Consent.objects.bulk_update(_times_of_agreements(edition.pk), ["given_at"], batch_size=500)
        Attendance.objects.bulk_update(_times_of_arrivals(edition.pk), ["at", "arrived_at"], batch_size=500)
        # The rows stay and are counted as before. Nothing in them tells whose they were, and no paper or link leads
        # to them.
        _empty(list(people["registrations"].only("pk", *TIMES)))
        people["helpers"].delete()
        if numbers["registrations"]:
            # A session may hold the key of a registration, and the admin's last words with its reference number.
            Session.objects.all().delete()
    return numbers


def _empty(registrations: Sequence[Registration]) -> None:
    """A few queries for hundreds of people: all sign-ups wait meanwhile."""
    for rows in batches(registrations):
        same = Registration.objects.filter(pk__in=[row.pk for row in rows])
        same.update(**ERASED, receipt=None, link_version=F("link_version") + 1, updated_at=timezone.now())
        for row in rows:
            row.code, row.form_token = get_random_string(CODE_LENGTH, CODE_LETTERS), uuid.uuid4()
            for name in TIMES:
                moment = getattr(row, name)
                setattr(row, name, moment and _day_of(moment))
        Registration.objects.bulk_update(rows, ["code", "form_token", *TIMES])


def leave_no_bytes() -> None:
    """Rewrites what the database stores, for erased rows stay in its free pages. Never inside a transaction.

    To be run whenever a date has come, even if nothing was erased: a run before may have ended in between.
    """
    with connection.cursor() as cursor:
        try:
            if connection.vendor == "sqlite":
                cursor.execute("VACUUM")  # makes the file anew
                # Where the journal is WAL, the old file stands until the journal is written back into it.
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                is_busy, _pages, _written = cursor.fetchone()
                if is_busy:
                    raise StillInTheFile("another connection is reading")
                return
            # A connection that reads a table holds us up, and all that come later wait behind us: hence the limit.
            cursor.execute("SELECT set_config('lock_timeout', %s, false)", [LONGEST_WAIT])
            try:
                for table, columns in policy().items():
                    if set(columns.values()) - {"keep", "public", "staff"}:  # something in it is erased
                        # ANALYZE as well: the statistics quote values from the columns.
                        cursor.execute(f"VACUUM (FULL, ANALYZE) {connection.ops.quote_name(table)}")
            finally:
                cursor.execute("RESET lock_timeout")
        except OperationalError as error:  # locked for too long
            raise StillInTheFile(str(error).strip()) from error


def _answers(edition_pk: int) -> dict[str, QuerySet[Any]]:
    of_edition = Q(registration__edition=edition_pk)
    return {
        # Only the key: what hangs on a row makes Django read it, and it may be that no key opens it any more.
        "access and food answers": InclusionAnswers.objects.filter(of_edition).only("pk"),
        "travel requests": TravelRequest.objects.filter(of_edition).only("pk"),
        "calls to guardians": GuardianCall.objects.filter(edition=edition_pk),
        "requests for changes": ChangeRequest.objects.filter(of_edition),
        "travel expenses": TravelExpense.objects.filter(edition=edition_pk),
    }


def _people(edition_pk: int) -> dict[str, QuerySet[Any]]:
    return {
        "changes": Step.objects.filter(registration__edition=edition_pk),
        "registrations": Registration.objects.filter(edition=edition_pk).exclude(**ERASED, receipt__isnull=True),
        "helpers": Helper.objects.filter(edition=edition_pk),
        "badges printed": BadgePrint.objects.filter(registration__edition=edition_pk),
        "certificates": Certificate.objects.filter(edition=edition_pk).exclude(registration=None, earlier_of=None),
        "messages": Message.objects.filter(registration__edition=edition_pk),
        "letters": Letter.objects.filter(edition=edition_pk),
        "invitations": Invitation.objects.filter(registration__edition=edition_pk),
        "letters by date": PlannedLetter.objects.filter(edition=edition_pk),
        "second numbers": SecondNumber.objects.filter(registration__edition=edition_pk),
        "attempts of visitors": Attempt.objects.filter(edition=edition_pk),
        "lists from elsewhere": BringingIn.objects.filter(edition=edition_pk).only("pk"),
        "answers to further questions": ExtraAnswers.objects.filter(registration__edition=edition_pk),
        "acts at the desk": DeskAct.objects.filter(registration__edition=edition_pk),
        "lines of the admin log": _lines_of_the_admin_log(edition_pk),
    }


def _above(*, is_sensitive: bool) -> list[Erased]:
    """What apps on top erase on the first date, or on the second."""
    return [one for room in rooms_above() for one in room.erased if one.is_sensitive == is_sensitive]


def _numbers_above(edition_pk: int, *, is_sensitive: bool) -> dict[str, int]:
    """Of what there is: an edition need not use what stands on top."""
    numbers = {one.what: one.rows(edition_pk).count() for one in _above(is_sensitive=is_sensitive)}
    return {what: number for what, number in numbers.items() if number}


def _lines_of_the_admin_log(edition_pk: int) -> QuerySet[LogEntry]:
    """Lines about participants of this edition, and about rows that are gone: nothing tells their edition any more.

    These are all lines that are not about a row of another edition. A table that points to a registration is found by
    itself, a new one too.
    """
    rows_of_other_editions: list[QuerySet[Any]] = [
        Registration.objects.exclude(edition=edition_pk),
        GuardianCall.objects.exclude(edition=edition_pk),
        Helper.objects.exclude(edition=edition_pk),
        Arrangement.objects.exclude(answers__registration__edition=edition_pk),
        *(rows for room in rooms_above() for rows in room.of_other_editions(edition_pk)),
    ]
    for relation in Registration._meta.related_objects:
        rows = relation.related_model._default_manager.exclude(**{f"{relation.field.name}__edition": edition_pk})
        rows_of_other_editions.append(rows)
    lines = Q()
    for rows in rows_of_other_editions:
        keys = (
            rows.order_by().annotate(as_text=Cast("pk", CharField())).values("as_text")
        )  # text, as the admin log has them
        lines |= Q(content_type=ContentType.objects.get_for_model(rows.model)) & ~Q(object_id__in=keys)
    return LogEntry.objects.filter(lines)


def _lines_of_the_access_log(edition_pk: int) -> list[AccessLog]:
    """Those that name a participant of this edition, or one who is gone; already without the reference numbers."""
    others = Registration.objects.exclude(edition=edition_pk)
    alive = {registration.spoken_code for registration in others.only("code")}
    lines = []
    for line in AccessLog.objects.defer("reason").order_by("pk"):  # a lost key must not stop the erasing
        known = line.subject
        line.subject = SPOKEN_CODE.sub(lambda code: code[0] if code[0] in alive else ERASED_WORD, known)
        if line.subject != known:
            lines.append(line)
    return lines


def _reasons_in_the_access_log(edition_pk: int) -> QuerySet[AccessLog]:
    return AccessLog.objects.filter(edition=edition_pk, reason__isnull=False)


def _times_of_agreements(edition_pk: int) -> list[Consent]:
    """Agreements of which the time of day is still known; already without it."""
    agreements = []
    for agreement in Consent.objects.filter(registration__edition=edition_pk):
        known = agreement.given_at
        agreement.given_at = _day_of(known)
        if agreement.given_at != known:
            agreements.append(agreement)
    return agreements


def _times_of_arrivals(edition_pk: int) -> list[Attendance]:
    """Days on which a participant was there, of which a time of day is still known; already without it."""
    there = []
    for row in Attendance.objects.filter(registration__edition=edition_pk):
        known = row.at, row.arrived_at
        row.at, row.arrived_at = _day_of(row.at), None
        if (row.at, row.arrived_at) != known:
            there.append(row)
    return there


def _day_of(moment: datetime) -> datetime:
    return timezone.localtime(moment).replace(hour=0, minute=0, second=0, microsecond=0)
