"""One clock for the whole site: real time, or a rehearsal's, which says so on every page and erases nothing."""

import ast
import os
import subprocess
import sys
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone

from conference import clock
from conference.serving.checks import no_rehearsal
from registration.models import Intake, Registration
from registration.retention import by_date
from tests.factories import make_registration
from tests.pages import read
from tests.test_imports import FILES, ROOT, module_name

# What must not be rehearsed, and so asks the real clock: see conference/clock.py.
IN_REAL_TIME = {
    "conference.account_tables",
    "conference.accounts.events",
    "conference.accounts.factor",  # as the app on a telephone has it
    "conference.accounts.steps",
    "conference.serving.attempts",  # kept for an hour
    "conference.clock",
    "conference.files.images",  # by the clock of the disk
    "conference.serving.request_log",
    "conference.serving.well_known",
    "conference.serving.sessions",  # as Django lets them end
    "hackathon.submitting.arriving",  # how far a rehearsal is ahead of the clock of the database
    "registration.backups.making",
    "registration.backups.noted",  # how old a copy is
    "registration.forms.machines",  # seconds
    "registration.models.access_log",
    "registration.models.tending",  # of the machine
    "registration.signing_up.receipts",  # it ends with its session
    "registration.paper.making",  # by the clock of the disk
    "registration.retention.erasing",
    "registration.management.commands.erase_personal_data",
    "registration.management.commands.replay_erasures",
    "registration.management.commands.tend_registration",
    "registration.views.opened",  # a session
}
ASKS_A_CLOCK = {
    *("timezone.now", "timezone.localdate()", "timezone.localtime()"),
    *("datetime.now", "datetime.today", "datetime.datetime.now", "date.today", "datetime.date.today", "time.time"),
}


@pytest.fixture
def rehearsal(settings):
    settings.SITE_CLOCK = datetime(2031, 1, 1, 8, 30)
    return timezone.make_aware(settings.SITE_CLOCK)


def asked_in(path):
    """What a file asks of the real clock: `timezone.localdate(moment)` asks nothing."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            writes_now = {"auto_now", "auto_now_add"} & {one.arg for one in node.keywords}
            if (called.endswith("DateTimeField") and writes_now) or (not node.args and f"{called}()" in ASKS_A_CLOCK):
                yield called
        elif isinstance(node, ast.Attribute) and ast.unparse(node) in ASKS_A_CLOCK:
            yield ast.unparse(node)
        elif isinstance(node, ast.ImportFrom) and node.module == "django.utils.timezone":
            yield from (alias.name for alias in node.names if alias.name in ("now", "localdate", "localtime"))


@pytest.mark.parametrize("path", [one for one in FILES if module_name(one) not in IN_REAL_TIME], ids=module_name)
def test_only_the_clock_of_the_site_is_asked(path):
    assert set(asked_in(path)) == set()


def test_every_module_that_may_ask_the_real_clock_does():
    assert {module_name(one) for one in FILES if set(asked_in(one))} == IN_REAL_TIME


def test_without_a_rehearsal_it_is_the_real_time(settings):
    assert settings.SITE_CLOCK is None
    assert abs(timezone.now() - clock.now()) < timedelta(seconds=5)
    assert clock.today() == timezone.localdate()


def test_rehearsal_begins_at_its_moment_and_runs_on(rehearsal, settings):
    assert timedelta(0) <= clock.now() - rehearsal < timedelta(seconds=5)

    # Some hours ago another process began it.
    clock._ahead.cache_clear()
    begun_at = timezone.now() - timedelta(hours=20)
    settings.SITE_CLOCK_FILE.write_text(f"{settings.SITE_CLOCK.isoformat()} {begun_at.isoformat()}")

    assert timedelta(hours=20) <= clock.now() - rehearsal < timedelta(hours=20, seconds=5)
    assert clock.today() == date(2031, 1, 2)


@pytest.mark.parametrize("kept", ["", "half", "2024-03-20T09:00:00 2024-03-20T00:00:00+00:00"])
def test_another_moment_begins_anew(rehearsal, settings, kept):
    settings.SITE_CLOCK_FILE.write_text(kept)

    assert clock.now() - rehearsal < timedelta(seconds=5)
    assert settings.SITE_CLOCK_FILE.read_text().startswith("2031-01-01T08:30:00 ")


def test_another_process_lives_at_the_same_moment(tmp_path):
    environment = os.environ | {"SITE_CLOCK": "2031-01-01T08:30", "ERASURE_LEDGER": str(tmp_path / "erasures.txt")}
    ask = (
        "import django; django.setup(); from conference import clock; from django.utils import timezone;"
        "print((clock.now() - timezone.now()).total_seconds())"
    )
    program = [sys.executable, "-c", ask]
    environment["DJANGO_SETTINGS_MODULE"] = "conference.settings"

    ahead = {subprocess.check_output(program, cwd=ROOT, env=environment).split()[0][:12] for _process in range(2)}

    assert len(ahead) == 1


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("/en/2024/", "This is a rehearsal: by the clock of this site it is January 1, 2031, 8:3"),
        ("/km/2024/agenda/", "នេះជាការសាកល្បង៖"),
        ("/en/2024/agenda/now/?screen=1", "This is a rehearsal"),
        ("/en/2024/register/find/", "This is a rehearsal"),
        ("/en/nowhere/", "This is a rehearsal"),
        ("/admin/", "This is a rehearsal"),
        ("/admin/registration/registration/", "This is a rehearsal"),
        ("/admin/agenda/session/", "This is a rehearsal"),
    ],
)
def test_every_page_says_that_it_is_a_rehearsal(staff_client, edition, rehearsal, page, said):
    assert said in read(staff_client.get(page))


@pytest.mark.parametrize("page", ["/en/2024/", "/en/nowhere/", "/admin/"])
def test_in_real_time_no_page_speaks_of_a_rehearsal(staff_client, edition, page):
    assert "rehearsal" not in read(staff_client.get(page))


def test_what_is_written_carries_the_time_of_the_site(edition, rehearsal, settings):
    settings.SITE_CLOCK = datetime(2024, 3, 26, 8)
    Intake.objects.update(capacity=0)
    row = make_registration(edition)

    first_day = date(2024, 3, 26)
    assert {timezone.localdate(one) for one in (row.created_at, row.updated_at, row.waiting_since)} == {first_day}
    message = row.messages.get()
    assert {timezone.localdate(one) for one in (message.created_at, message.due_at)} == {first_day}


def test_rehearsal_erases_nothing_by_date_and_raises_no_alarm(edition, settings, capsys):
    person = make_registration(edition)
    Intake.objects.update(erase_sensitive_on=date(2000, 1, 1), erase_all_on=date(2000, 1, 1), erasing_waits="clock")
    assert by_date.waiting(clock.today())
    settings.SITE_CLOCK = datetime(2099, 1, 1, 9)

    call_command("erase_personal_data", yes=True)
    call_command("replay_erasures")

    assert Registration.objects.get().name_latin == person.name_latin
    assert by_date.outlook(clock.today(), yes=True) == by_date.waiting(clock.today()) == []
    assert "nothing is erased by date" in capsys.readouterr().out


def test_public_server_refuses_a_rehearsal(rehearsal, settings):
    assert [error.id for error in no_rehearsal(None)] == ["conference.E001"]

    settings.SITE_CLOCK = None
    assert no_rehearsal(None) == []


def test_first_look_is_a_rehearsal_and_a_copied_example_is_not():
    example = (ROOT / ".env.example").read_text().splitlines()
    set_up = (ROOT / "bin" / "set-up").read_text()

    assert "SITE_CLOCK=" in example
    assert "SITE_CLOCK=2024-03-20T09:00" in set_up
    assert "SITE_CLOCK= " in (ROOT / "bin" / "test").read_text().replace("\n", " ")
    assert Path(ROOT / "bin" / "serve").read_text().count("set-up") == 1
