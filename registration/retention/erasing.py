"""Forgetting who came: on two dates of each edition the answers go, then the people; the figures stay.

Which column is what stands in data/retention.toml, for people to read;
tests/registration/retention/test_erasing.py holds this module to it. Everything here may run again, or late: it
looks for what is still there, never at what was done before.
"""

import re
import tomllib
import uuid
from pathlib import Path

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection
from django.db.models import CharField, F, Q
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.crypto import get_random_string

from registration.models import (
    AccessLog,
    Arrangement,
    ChangeRequest,
    Consent,
    FindAttempt,
    GuardianCall,
    Helper,
    InclusionAnswers,
    Intake,
    Letter,
    Message,
    Registration,
    SecondNumber,
    Step,
    TravelExpense,
    TravelRequest,
)
from registration.models.registration import CODE_LETTERS, ERASED_WORD
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
    "person_key": None,
    "phone": "",
    "phone_owner": "",
    "telegram": ERASED_WORD,
    "email": "",
    "organisation": "",
    "decline_reason": "",
    "registered_by": None,
    "helper": None,
}
TIMES = ["created_at", "waiting_since", "offered_until"]
CODE_LENGTH = Registration._meta.get_field("code").max_length  # longer than a living one, and so never taken for it
LONGEST_WAIT = "20s"  # for a table that somebody is reading, on PostgreSQL; SQLite: "timeout" in settings.py
SPOKEN_CODE = re.compile(rf"\b[{CODE_LETTERS}]{{3}}-[{CODE_LETTERS}]{{4}}\b")


class StillInTheFile(Exception):
    """The rows are erased, but the database was in use and its files may still hold their bytes. To be run again."""


def policy():
    """The policy file: for each table, the word for each of its columns."""
    sections = tomllib.loads(POLICY_FILE.read_text(encoding="utf-8"))
    words = sections.pop("words")
    return {
        table: {column: word for word in words for column in section.get(word, [])}
        for table, section in sections.items()
    }


def due(today):
    """The intakes of which one date has come, each with its edition."""
    come = Q(erase_sensitive_on__lte=today) | Q(erase_all_on__lte=today)
    return Intake.objects.filter(come).select_related("edition").order_by("edition__year")


def next_date(intake, today):
    """When the next of the two dates of an edition comes, or None."""
    return min((day for day in intake.erase_dates if day > today), default=None)


def what_goes(intake, today):
    """How many rows `erase` would change or delete today, by what they are."""
    numbers = {}
    if not intake.keeps_sensitive(today):
        numbers |= {what: rows.count() for what, rows in _answers(intake.edition_id).items()}
    if intake.links_expired(today):
        numbers |= {what: rows.count() for what, rows in _people(intake.edition_id).items()}
        numbers["lines of the access log"] = len(_lines_of_the_access_log(intake.edition_id))
        numbers["reasons in the access log"] = _reasons_in_the_access_log(intake.edition_id).count()
        numbers["times of agreements"] = len(_times_of_agreements(intake.edition_id))
        numbers["sessions"] = Session.objects.count() if numbers["registrations"] else 0
    return numbers


def erase(edition, today):
    """Erases what the dates of one edition ask for, in one transaction; returns the numbers.

    Under the lock of the places: a transition that has read a row would otherwise write the person back. The
    admin's form takes no lock: an old page that is saved writes a person back until the next run.
    """
    with lock.place_lock(edition.pk) as intake:
        numbers = what_goes(intake, today)
        if not intake.keeps_sensitive(today):
            keep_totals(edition)
            for rows in _answers(edition.pk).values():
                rows.delete()
        if intake.links_expired(today):
            _erase_people(edition.pk, with_sessions=bool(numbers["registrations"]))
    return numbers


def leave_no_bytes():
    """Rewrites what the database stores, for erased rows stay in its free pages. Never inside a transaction.

    To be run whenever a date has come, even if nothing was erased: a run before may have ended in between.
    """
    with connection.cursor() as cursor:
        try:
            if connection.vendor == "sqlite":
                _rewrite_sqlite(cursor)
            else:
                _rewrite_postgresql(cursor)
        except OperationalError as error:  # locked for too long
            raise StillInTheFile(str(error).strip()) from error


def _rewrite_sqlite(cursor):
    """VACUUM makes the file anew. Where the journal is WAL, the old one stands until it is checkpointed."""
    cursor.execute("VACUUM")
    cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    is_busy, _pages, _written = cursor.fetchone()
    if is_busy:
        raise StillInTheFile("somebody is reading")


def _rewrite_postgresql(cursor):
    """Table by table; whoever reads one holds us up, and all who come after wait behind us: hence the limit.

    ANALYZE as well: the statistics quote values from the columns.
    """
    cursor.execute("SELECT set_config('lock_timeout', %s, false)", [LONGEST_WAIT])
    try:
        for table in _tables_that_forget():
            cursor.execute(f"VACUUM (FULL, ANALYZE) {connection.ops.quote_name(table)}")
    finally:
        cursor.execute("RESET lock_timeout")


def _tables_that_forget():
    stay = {"keep", "public", "staff"}
    return [table for table, columns in policy().items() if set(columns.values()) - stay]


def _answers(edition_pk):
    of_edition = Q(registration__edition=edition_pk)
    return {
        # Only the key: what hangs on a row makes Django read it, and it may be that no key opens it any more.
        "access and food answers": InclusionAnswers.objects.filter(of_edition).only("pk"),
        "travel requests": TravelRequest.objects.filter(of_edition).only("pk"),
        "calls to guardians": GuardianCall.objects.filter(edition=edition_pk),
        "requests for changes": ChangeRequest.objects.filter(of_edition),
        "travel expenses": TravelExpense.objects.filter(edition=edition_pk),
    }


def _people(edition_pk):
    return {
        "changes": Step.objects.filter(registration__edition=edition_pk),
        "registrations": Registration.objects.filter(edition=edition_pk).exclude(**ERASED),
        "helpers": Helper.objects.filter(edition=edition_pk),
        "messages": Message.objects.filter(registration__edition=edition_pk),
        "letters": Letter.objects.filter(edition=edition_pk),
        "second numbers": SecondNumber.objects.filter(registration__edition=edition_pk),
        "attempts to find a registration": FindAttempt.objects.filter(edition=edition_pk),
        "lines of the admin log": _lines_of_the_admin_log(edition_pk),
    }


def _lines_of_the_admin_log(edition_pk):
    """About participants of this edition, or about rows that are gone, whose edition nobody can tell any more."""
    lines = Q()
    for rows in _rows_of_other_editions(edition_pk):
        lines |= Q(content_type=ContentType.objects.get_for_model(rows.model)) & ~Q(object_id__in=_keys(rows))
    return LogEntry.objects.filter(lines)


def _rows_of_other_editions(edition_pk):
    """Whatever is about a participant, table by table: a new table that points to a registration is among them."""
    yield Registration.objects.exclude(edition=edition_pk)
    yield GuardianCall.objects.exclude(edition=edition_pk)
    yield Helper.objects.exclude(edition=edition_pk)
    yield Arrangement.objects.exclude(answers__registration__edition=edition_pk)
    for relation in Registration._meta.related_objects:
        yield relation.related_model.objects.exclude(**{f"{relation.field.name}__edition": edition_pk})


def _keys(rows):
    """Primary keys as text, as the admin log has them."""
    return rows.order_by().annotate(key=Cast("pk", CharField())).values("key")


def _lines_of_the_access_log(edition_pk):
    """Those that name somebody of this edition, or somebody who is gone; already without the reference numbers."""
    others = Registration.objects.exclude(edition=edition_pk)
    alive = {registration.spoken_code for registration in others.only("code")}
    lines = []
    for line in AccessLog.objects.defer("reason").order_by("pk"):  # a lost key must not stop the erasing
        known = line.subject
        line.subject = SPOKEN_CODE.sub(lambda code: code[0] if code[0] in alive else ERASED_WORD, known)
        if line.subject != known:
            lines.append(line)
    return lines


def _reasons_in_the_access_log(edition_pk):
    return AccessLog.objects.filter(edition=edition_pk, reason__isnull=False)


def _times_of_agreements(edition_pk):
    """Agreements of which the time of day is still known; already without it."""
    agreements = []
    for agreement in Consent.objects.filter(registration__edition=edition_pk):
        known = agreement.given_at
        agreement.given_at = _day_of(known)
        if agreement.given_at != known:
            agreements.append(agreement)
    return agreements


def _day_of(moment):
    return moment and timezone.localtime(moment).replace(hour=0, minute=0, second=0, microsecond=0)


def _erase_people(edition_pk, *, with_sessions):
    people = _people(edition_pk)
    AccessLog.objects.bulk_update(_lines_of_the_access_log(edition_pk), ["subject"], batch_size=500)
    _reasons_in_the_access_log(edition_pk).update(reason=None)
    people["lines of the admin log"].delete()
    for what in ("messages", "letters", "changes", "second numbers", "attempts to find a registration"):
        people[what].delete()
    Consent.objects.bulk_update(_times_of_agreements(edition_pk), ["given_at"], batch_size=500)
    for registration in list(people["registrations"].only("pk", *TIMES)):
        _erase_person(registration)
    people["helpers"].delete()
    if with_sessions:
        # A session may hold the key of a registration, and the admin's last words with its reference number.
        Session.objects.all().delete()


def _erase_person(registration):
    """The row stays and is counted as before; nobody can tell whose it was, and no paper or link leads to it."""
    Registration.objects.filter(pk=registration.pk).update(
        **ERASED,
        code=get_random_string(CODE_LENGTH, CODE_LETTERS),
        form_token=uuid.uuid4(),
        link_version=F("link_version") + 1,
        updated_at=timezone.now(),
        **{name: _day_of(getattr(registration, name)) for name in TIMES},
    )
