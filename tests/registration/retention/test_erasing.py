"""Forgetting who came: what goes, what stays, and that no byte of it is left."""

import uuid
from collections import Counter
from contextlib import closing, contextmanager
from datetime import date, datetime, timedelta
from io import StringIO
from itertools import count
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conference.rooms_above import apps_above
from conference.serving import attempts
from registration import links
from registration.choices import (
    Agreement,
    CallResult,
    Currency,
    Look,
    MessageKind,
    Part,
    Province,
    Sector,
    Status,
    Subject,
)
from registration.encryption.columns import EncryptedDictField, EncryptedListField, EncryptedTextField
from registration.messages import outbox
from registration.models import (
    AccessLog,
    Arrangement,
    Attendance,
    BadgePrint,
    BringingIn,
    BroughtIn,
    Call,
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
    LetterReader,
    Message,
    Registration,
    SecondNumber,
    Step,
    TravelRequest,
)
from registration.models.registration import ERASED_WORD
from registration.own_page.finding import BY_NUMBER
from registration.retention import erasing
from registration.signing_up import transitions
from registration.travel.budget import sums
from tests.factories import make_day, make_edition, make_letter, make_planned_letter, make_registration, open_intake
from tests.travel_factories import make_travel_rows

SENSITIVE_ON, ALL_ON = date(2030, 4, 26), date(2030, 6, 25)
THE_DAY_BEFORE = timedelta(days=1)
STAY = {"keep", "public", "staff"}
ABOVE = tuple(f"{app}_" for app in apps_above())
LOCK = ("registration_intake", "turn")  # written each time the lock of the places is taken

numbers = count(1)


def canary(length=16):
    """A word that is nowhere else."""
    return f"kanari{next(numbers):04}{uuid.uuid4().hex}"[:length]


def edition_with_dates(year=2030):
    edition = make_edition(year=year)
    make_day(edition)
    make_day(edition, date=edition.ends_on)
    dates = {"erase_sensitive_on": SENSITIVE_ON, "erase_all_on": ALL_ON}
    open_intake(edition, **{name: day.replace(year=year) for name, day in dates.items()})
    return edition


@pytest.fixture
def coming(db):
    """An edition with both dates in 2030."""
    return edition_with_dates()


@pytest.fixture
def colleague(db):
    return get_user_model().objects.create_user("colleague")


def canaries_for(model):
    """Something in every encrypted column."""
    columns = [field for field in model._meta.concrete_fields if isinstance(field, EncryptedTextField)]
    return {field.name: canary_for(field) for field in columns}


def canary_for(field):
    if isinstance(field, EncryptedDictField):
        return {canary(): [canary()]}
    return [canary()] if isinstance(field, EncryptedListField) else canary(40)


def make_full_registration(edition, colleague):
    """A participant with something in every column and every table."""
    travel = {"nights": [canary()], "mode": canary(), "sharing": canary(), **canaries_for(TravelRequest)}
    with override_settings(SITE_CLOCK=datetime(edition.year, 3, 1)):  # before it is over
        registration = make_registration(edition, inclusion=canaries_for(InclusionAnswers), travel=travel)
    columns = [
        "name_km",
        "name_latin",
        "name_km_key",
        "name_latin_key",
        "name_km_order",
        "phone",
        "phone_owner",
        "telegram",
    ]
    columns += ["organisation", "remark", "decline_reason", "person_key"]
    change(
        registration, email=f"{canary()}@example.org", registered_by=colleague, **{name: canary() for name in columns}
    )
    change(registration, helper=make_full_helper(edition), receipt={"name_latin": canary()})
    make_travel_rows(registration.travel_request, by=colleague, text=canary)
    there = {"registration": registration, "day": edition.days.first()}
    Attendance.objects.create(**there, arrived_at=timezone.now(), noted_by=colleague)
    DeskAct.objects.create(**there, what=DeskAct.What.IN, at=timezone.now(), by=colleague)
    ExtraAnswers.objects.create(registration=registration, answers={"1": [canary()]})
    BadgePrint.objects.create(registration=registration, by=colleague, digest=canary())
    for mine in ("registration", "earlier_of"):
        Certificate.objects.create(**{mine: registration}, edition=edition, initials="S. D.", days=["2030-03-26"])
    listed = BringingIn.objects.create(edition=edition, by=colleague, file_name=canary(), waiting=canary(), people=1)
    BroughtIn.objects.create(registration=registration, bringing_in=listed, row=1, unchanged_since=timezone.now())
    letter = make_letter(edition, written_by=colleague, body_en=canary(), subject_en=canary())
    planned = make_planned_letter(edition, letter=letter, written_by=colleague, body_en=canary(), subject_en=canary())
    Invitation.objects.create(
        registration=registration, invited_by=colleague, answer="yes", answered_at=timezone.now()
    )
    LetterReader.objects.create(letter=planned, registration=registration)
    Message.objects.filter(registration=registration).update(problem=canary())
    Message.objects.filter(pk=registration.messages.last().pk).update(letter=letter)
    Call.objects.create(message=registration.messages.last(), by=colleague, result=CallResult.NO_ANSWER)
    Arrangement.objects.of(registration).update(
        **canaries_for(Arrangement), cost=1, currency=Currency.USD, changed_by=colleague, changed_at=timezone.now()
    )
    GuardianCall.objects.create(edition=edition, parent_key=uuid.uuid4(), **canaries_for(GuardianCall))
    Step.objects.create(registration=registration, what=canary(), columns=[canary()], by=colleague)
    ChangeRequest.objects.create(registration=registration, **canaries_for(ChangeRequest))
    SecondNumber.objects.create(
        registration=registration,
        code=canary(12),
        badge_token=canary(),
        form_token=uuid.uuid4(),
        status=Status.CONFIRMED,
        receipt={"name_latin": canary()},
    )
    attempts.count(edition, (BY_NUMBER, canary()))
    registration.refresh_from_db()
    leave_traces(registration, colleague)
    return registration


def make_full_helper(edition):
    columns = {"name": canary(40), "phone": canary(), "email": f"{canary()}@example.org", "organisation": canary(40)}
    return Helper.objects.create(edition=edition, form_token=uuid.uuid4(), language="en", **columns)


def change(registration, **columns):
    """Past the rules of signing up."""
    Registration.objects.filter(pk=registration.pk).update(**columns)


def leave_traces(registration, colleague):
    """What the logs and a session hold of a participant."""
    arrangement = registration.inclusion_answers.arrangements.first()
    traces = [registration, registration.inclusion_answers, arrangement, registration.helper]
    for row in (*traces, GuardianCall.objects.last()):
        LogEntry.objects.create(
            user=colleague,
            content_type=ContentType.objects.get_for_model(row),
            object_id=str(row.pk),
            object_repr=f"{row} {canary()}",
            action_flag=CHANGE,
            change_message=canary(30),
        )
    subject = f"inclusionanswers {registration.spoken_code}"
    AccessLog.objects.create(
        user=colleague, look=Look.VIEW, subject=subject, edition=registration.edition, reason=canary(30)
    )
    session = SessionStore()
    session["own_registration"] = registration.opens
    session.save()


def table_rows(table):
    """Every row of a table as the database has it, all of it as text: encrypted columns stay closed."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 -- our own table's name
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, map(str, row), strict=True)) for row in cursor.fetchall()]
    return {row[names[0]]: row for row in rows}


def snapshot():
    return {table: table_rows(table) for table in erasing.policy()}


def values_of(table, words):
    """What is in the columns that have one of these words."""
    columns = [column for column, word in erasing.policy()[table].items() if word in words]
    return [row[column] for row in table_rows(table).values() for column in columns]


def everything():
    """Every value of every table as text."""
    return "\n".join(value for rows in snapshot().values() for row in rows.values() for value in row.values())


def figures(edition):
    rows = edition.registrations
    columns = ("status", "sector", "province", "part", "channel", "language", "days", "attendance__day")
    counted = {column: Counter(rows.values_list(column, flat=True)) for column in columns}
    counted["registered on"] = Counter(timezone.localdate(row.created_at) for row in rows.all())
    counted["agreements"] = Counter(
        Consent.objects.filter(registration__edition=edition).values_list("subject", "answer")
    )
    counted["travel money"] = sums(edition)
    return counted


def run(**options):
    out = StringIO()
    call_command("erase_personal_data", stdout=out, **options)
    return out.getvalue()


# --- The policy file -------------------------------------------------------------------------------------------------


def tables_of_the_models():
    models = [*apps.get_models(include_auto_created=True), MigrationRecorder.Migration]
    return {(model._meta.db_table, field.column) for model in models for field in model._meta.local_concrete_fields}


def tables_of_the_database():
    with connection.cursor() as cursor:
        return {
            (table, column.name)
            for table in connection.introspection.table_names(cursor)
            for column in connection.introspection.get_table_description(cursor, table)
        }


@pytest.mark.parametrize("real", [tables_of_the_models, tables_of_the_database])
def test_policy_lists_every_column_and_no_other(db, real):
    listed = {(table, column) for table, columns in erasing.policy().items() for column in columns}

    missing, superfluous = real() - listed, listed - real()

    assert not missing, f"Write into {erasing.POLICY_FILE.name} what becomes of {sorted(missing)}"
    assert not superfluous, f"Take out of {erasing.POLICY_FILE.name}, there is no such column: {sorted(superfluous)}"


def test_policy_gives_each_column_one_word_that_it_explains():
    sections = {}
    for file in erasing.policy_files():
        sections |= erasing.tomllib.loads(file.read_text(encoding="utf-8"))
    words = set(sections.pop("words"))

    for table, section in sections.items():
        assert set(section) - {"about"} <= words, table
        assert section["about"], table
        columns = [column for word in words for column in section.get(word, [])]
        assert len(columns) == len(set(columns)), f"{table} has a column twice"


def test_rows_that_go_as_a_whole_have_no_column_that_stays():
    for table, columns in erasing.policy().items():
        for word in ("row", "sensitive"):
            assert word not in columns.values() or set(columns.values()) == {word}, table


def test_erasing_does_to_each_column_what_the_policy_says(coming, colleague):
    """No list of columns here: a column that the policy calls personal and the code forgets fails."""
    _confirmed, offered, waiting = (make_full_registration(coming, colleague) for _person in range(3))
    now = timezone.now()
    change(offered, status=Status.OFFERED, offered_until=now)
    change(waiting, status=Status.WAITING, place_no=None, waiting_since=now)
    before = snapshot()

    erasing.erase(coming, ALL_ON)

    changed = {(table, column) for table, column in differences(before, snapshot())}
    policy = {
        (table, column): word
        for table, columns in erasing.policy().items()
        for column, word in columns.items()
        if not table.startswith(ABOVE)  # apps on top erase their own, in tests of their own
    }
    lock = ("registration_intake", "turn")
    assert changed - {lock} == {column for column, word in policy.items() if word not in STAY}


def differences(before, after):
    """(table, column) of which a value changed in any row, or whose rows are gone."""
    for table, rows in before.items():
        for key, row in rows.items():
            now = after[table].get(key, {})
            yield from ((table, column) for column, value in row.items() if now.get(column) != value)


def test_erasing_takes_the_same_queries_for_few_and_for_many(coming):
    taken = []
    with override_settings(SITE_CLOCK=datetime(2030, 3, 1)):
        for people in (1, 2, 9):  # the first asks for the types of the tables as well, and they stay known
            for number in range(people):
                make_registration(coming, phone=f"+8551200{people}{number:03}")
            with CaptureQueriesContext(connection) as captured:
                erasing.erase(coming, ALL_ON)
            taken.append(len(captured))

    assert taken[1] == taken[2]
    assert Registration.objects.filter(name_latin=ERASED_WORD, badge_token=None).count() == 12
    assert len(set(Registration.objects.values_list("code", "form_token"))) == 12


# --- The first date --------------------------------------------------------------------------------------------------


def test_nothing_goes_before_its_date(coming, colleague):
    make_full_registration(coming, colleague)
    before = snapshot()

    assert not erasing.due(SENSITIVE_ON - THE_DAY_BEFORE).exists()
    assert erasing.erase(coming, SENSITIVE_ON - THE_DAY_BEFORE) == {}

    assert set(differences(before, snapshot())) == {LOCK}


@pytest.mark.parametrize("today", [SENSITIVE_ON, ALL_ON - THE_DAY_BEFORE])
def test_from_the_first_date_answers_go_and_people_stay(coming, colleague, today):
    registration = make_full_registration(coming, colleague)

    assert erasing.erase(coming, today) == {
        "access and food answers": 1,
        "travel requests": 1,
        "requests for changes": 1,
        "calls to guardians": 1,
        "travel expenses": 1,
    }

    for model in (InclusionAnswers, Arrangement, TravelRequest, ChangeRequest, GuardianCall):
        assert not model.objects.exists()
    assert Registration.objects.get().name_latin == registration.name_latin
    assert Message.objects.exists()


def test_answers_go_with_the_people_where_only_the_second_date_is_set(coming, colleague):
    Intake.objects.update(erase_sensitive_on=None)
    make_full_registration(coming, colleague)

    erasing.erase(coming, ALL_ON)

    assert not InclusionAnswers.objects.exists()
    assert not TravelRequest.objects.exists()


def test_answers_that_no_key_opens_are_erased_all_the_same(coming, colleague, settings):
    make_full_registration(coming, colleague)
    settings.FIELD_ENCRYPTION_KEYS = ["MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="]

    erasing.erase(coming, SENSITIVE_ON)

    assert not InclusionAnswers.objects.exists()


# --- The second date -------------------------------------------------------------------------------------------------


def test_figures_are_the_same_after_erasing(coming, colleague):
    make_full_registration(coming, colleague)
    make_registration(coming, sector=Sector.GOVERNMENT, province=Province.KEP)
    transitions.cancel(make_registration(coming, part=Part.PARTICIPANT, province=Province.KEP))
    late = make_registration(coming)
    evening = timezone.make_aware(datetime(2030, 1, 31, 23, 59, 59, 999_999))
    change(late, created_at=evening)
    before = figures(coming)

    erasing.erase(coming, ALL_ON)

    assert figures(coming) == before


def test_erased_person_keeps_a_row_without_a_name(coming, colleague):
    registration = make_full_registration(coming, colleague)
    known_code = registration.code

    erasing.erase(coming, ALL_ON)

    row = Registration.objects.get()
    assert (row.shown_name, row.telegram, row.phone, row.email) == ("(erased)", "(erased)", "", "")
    assert row.code != known_code
    assert timezone.localtime(row.created_at).strftime("%H:%M:%S.%f") == "00:00:00.000000"


def test_link_and_code_of_an_erased_person_open_nothing(coming, colleague):
    registration = make_full_registration(coming, colleague)
    token = links.token_for(registration)

    erasing.erase(coming, ALL_ON)
    Intake.objects.update(erase_all_on=None)  # even if staff take the date away again

    assert links.registration_for(token) is None
    assert not Registration.objects.matching(registration.code).exists()


def test_another_edition_is_left_alone(coming, colleague):
    other = edition_with_dates(year=2031)
    make_full_registration(other, colleague)
    before = {table: rows for table, rows in snapshot().items() if table != "django_session"}
    make_full_registration(coming, colleague)

    erasing.erase(coming, ALL_ON)

    assert set(differences(before, snapshot())) == {LOCK}


def test_log_lines_about_a_person_whom_staff_deleted_go_too(coming, colleague):
    gone = make_full_registration(coming, colleague)
    gone.delete()
    GuardianCall.objects.all().delete()

    erasing.erase(coming, ALL_ON)

    assert not LogEntry.objects.exists()
    assert AccessLog.objects.get().subject == "inclusionanswers (erased)"


def test_log_lines_about_the_programme_and_exports_stay(coming, colleague):
    line = LogEntry.objects.create(
        user=colleague,
        content_type=ContentType.objects.get_for_model(coming),
        object_id=str(coming.pk),
        object_repr="Sample Conference",
        action_flag=CHANGE,
    )
    AccessLog.objects.create(user=colleague, look=Look.EXPORT, subject="attendees.xlsx")
    make_full_registration(coming, colleague)

    erasing.erase(coming, ALL_ON)

    assert list(LogEntry.objects.all()) == [line]
    assert AccessLog.objects.get(look=Look.EXPORT).subject == "attendees.xlsx"


# --- Again, and late -------------------------------------------------------------------------------------------------


def test_erasing_again_finds_nothing(coming, colleague):
    make_full_registration(coming, colleague)
    erasing.erase(coming, ALL_ON)
    SessionStore().save()
    once = snapshot()

    assert not any(erasing.erase(coming, ALL_ON + timedelta(days=400)).values())

    assert set(differences(once, snapshot())) == {LOCK}


def test_what_came_after_the_date_goes_with_the_next_run(coming, colleague):
    registration = make_full_registration(coming, colleague)
    erasing.erase(coming, ALL_ON)
    change(registration, name_km=canary())  # a page that staff had open
    outbox.put(registration, MessageKind.LINK)
    Consent.objects.create(
        registration=registration, subject=Subject.PHOTOS, answer=Agreement.NO, wording="1", language="en"
    )
    make_full_registration(coming, colleague)

    went = erasing.erase(coming, ALL_ON + timedelta(days=1))

    assert went["registrations"] == 2
    assert not erasing.what_goes(coming.intake, ALL_ON)["registrations"]
    assert "kanari" not in everything()


# --- No byte is left -------------------------------------------------------------------------------------------------


def personal_values():
    """As the database has them: for encrypted columns, what they are encrypted to."""
    words = {"contact", "day", "sensitive", "row"}
    found = {value for table in erasing.policy() for value in values_of(table, words)}
    return {value for value in found if len(value) > 11 and "erased" not in value}


def database_bytes():
    """The database file with its journals."""
    name = Path(connection.settings_dict["NAME"])
    return b"".join(path.read_bytes() for path in sorted(name.parent.glob(f"{name.name}*")))


def left_in_the_file(values):
    if connection.vendor != "sqlite":
        return set()
    content = database_bytes()
    return {value for value in values if value.encode() in content}


def leave_free_pages(edition, colleague):
    """Deleted by staff long ago: the rows are gone, their bytes not."""
    gone = [make_full_registration(edition, colleague) for _person in range(40)]
    values = personal_values()
    for registration in gone:
        registration.delete()
    return values


@pytest.fixture(params=["delete", "wal"])
def journal(request, transactional_db):
    """Both journals that settings.py may choose; PostgreSQL has one of its own."""
    if connection.vendor != "sqlite":
        yield
        return
    usual = pragma("journal_mode"), pragma("secure_delete")
    assert pragma(f"journal_mode={request.param}") == request.param
    pragma("secure_delete=off")  # some builds of SQLite overwrite what is deleted; not all
    yield
    pragma(f"journal_mode={usual[0]}")
    pragma(f"secure_delete={usual[1]}")


def pragma(text):
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {text}")
        return cursor.fetchone()[0]


@pytest.fixture
def long_ago(journal):
    """An edition of which both dates have come."""
    return edition_with_dates(year=2020)


def test_no_value_is_left_anywhere(long_ago, colleague):
    long_gone = leave_free_pages(long_ago, colleague)
    for _person in range(10):
        make_full_registration(long_ago, colleague)
    values = personal_values()
    before = figures(long_ago)
    if connection.vendor == "sqlite":  # the search finds what is there
        assert left_in_the_file(values) == values
        assert left_in_the_file(long_gone - values)

    run(yes=True)

    assert figures(long_ago) == before
    text = everything()
    assert "kanari" not in text
    assert {value for value in values | long_gone if value in text} == set()
    assert left_in_the_file(values | long_gone | {"kanari"}) == set()


def test_run_that_died_before_the_file_was_rewritten_is_finished_by_the_next(long_ago, colleague):
    make_full_registration(long_ago, colleague)
    values = personal_values()
    erasing.erase(long_ago, timezone.localdate())

    run()

    assert left_in_the_file(values) == set()


def test_file_that_another_process_reads_is_not_taken_for_clean(long_ago, colleague, monkeypatch):
    make_full_registration(long_ago, colleague)
    erasing.erase(long_ago, timezone.localdate())
    monkeypatch.setattr(erasing, "LONGEST_WAIT", "100ms")

    with reader(), short_wait(), pytest.raises(erasing.StillInTheFile):
        erasing.leave_no_bytes()

    erasing.leave_no_bytes()
    assert left_in_the_file({"kanari"}) == set()


@contextmanager
def reader():
    """Another connection in the middle of reading."""
    other = connection.copy()
    other.settings_dict["OPTIONS"].pop("init_command", None)  # it would choose another journal
    with closing(other), other.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("SELECT count(*) FROM registration_registration")
        cursor.fetchone()
        yield


@contextmanager
def short_wait():
    usual = connection.vendor == "sqlite" and pragma("busy_timeout")
    if usual:
        pragma("busy_timeout=100")
    try:
        yield
    finally:
        if usual:
            pragma(f"busy_timeout={usual}")


def test_command_fails_while_bytes_are_left(long_ago, colleague, monkeypatch):
    make_full_registration(long_ago, colleague)

    def in_use():
        raise erasing.StillInTheFile("database is locked")

    monkeypatch.setattr(erasing, "leave_no_bytes", in_use)

    with pytest.raises(CommandError, match="run this again"):
        run(yes=True)

    assert "kanari" not in everything()


# --- The command -----------------------------------------------------------------------------------------------------


def test_dry_run_says_numbers_and_changes_nothing(db, colleague):
    edition = edition_with_dates(year=2020)
    registration = make_full_registration(edition, colleague)
    before = snapshot()

    said = run(dry_run=True)

    assert said.startswith("2020: would erase: access and food answers 1, travel requests 1, calls to guardians 1,")
    for what in (
        "registrations 1,",
        "helpers 1,",
        "messages 2,",
        "letters 1,",
        "second numbers 1,",
        "lines of the admin log 5,",
    ):
        assert f" {what}" in said
    assert "kanari" not in said
    assert registration.spoken_code not in said
    assert list(differences(before, snapshot())) == []


@pytest.mark.django_db(transaction=True)
def test_command_erases_what_its_dry_run_said(colleague):
    make_full_registration(edition_with_dates(year=2020), colleague)
    would = run(dry_run=True)

    did = run(yes=True)

    assert did.splitlines()[0] == would.strip().replace("would erase", "erased")
    assert "2020: erased: nothing. Next date: none is left." in run()


def test_command_says_when_the_next_date_is(db):
    next_year = timezone.localdate().year + 1
    edition_with_dates(year=next_year)

    assert run() == f"{next_year}: erased: nothing. Next date: {next_year}-04-26.\n"


def test_command_says_where_no_date_is_set(db):
    open_intake(make_edition())
    Intake.objects.update(erase_sensitive_on=None, erase_all_on=None)

    assert run() == "2030: erased: nothing. Next date: NOT SET for all personal data.\n"
