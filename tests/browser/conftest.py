"""The real server with its own database, and a browser that visits it."""

import fcntl
import json
import os
import shlex
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.pages import CONTENT, LANGUAGES, sign_up_all
from tests.browser.visits import PHONE, Visit, listen, visit_page
from tests.server import manage, running_server

# What Playwright turns off, said again since the last list holds, and the lists under the address bar: these are pages
# of their own in every window, and cost more than the page that is tested.
FEATURES_OFF = [
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "PaintHolding"),
    *("HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable", "ThirdPartyStoragePartitioning"),
    *("AvoidCorsURLLoaderRestartOnRedirect", "LensOverlay", "MediaRouter", "OptimizationHints"),
    *("NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch"),
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup"),
]
SAMPLE = Path(__file__).with_name("sample.py")
DESK_PEOPLE = Path(__file__).with_name("desk_people.py")
HACKATHON_PEOPLE = Path(__file__).with_name("hackathon_people.py")
JOURNEYS_PEOPLE = Path(__file__).with_name("journeys_people.py")
STAFF_PEOPLE = Path(__file__).with_name("staff_people.py")
VOICES_ROWS = Path(__file__).with_name("voices_rows.py")
CALL_PEOPLE = Path(__file__).with_name("call_people.py")
MORNING = "2024-03-26T07:45"
CHROMIUM_OPTIONS = [
    f"--disable-features={','.join(FEATURES_OFF)}",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@dataclass(frozen=True)
class Site:
    url: str
    staff_password: str


@dataclass(frozen=True)
class Morning:
    url: str
    sessions: list[str]  # of three accounts at the desk


@dataclass(frozen=True)
class VoicesSite:
    url: str
    session: str  # of an account that may do everything
    pages: dict[str, str]  # by their names: addresses without the language
    admin: dict[str, str]


@dataclass(frozen=True)
class HackathonSite:
    url: str
    number: int
    people: list[str]  # the own links of participants
    teams: list[str]  # the links of teams 1, 2 and 3
    judges: list[str]
    session: str  # of an account of staff
    sql: Callable[[str], None]  # changes a row of the database


@dataclass(frozen=True)
class StaffSite:
    url: str
    session: str  # of an account that may do everything
    pages: list[str]


@dataclass(frozen=True)
class Calls:
    url: str
    call: str  # the page of the call, and that of the theme for whose topic it is
    theme: str
    reviewers: list[str]  # tokens of their links
    session: str  # of an account of staff


def pytest_itemcollected(item: pytest.Item) -> None:
    """Side by side, tests of one language run in the same process, which opens each page once for all of them."""
    parameters = item.callspec.params if hasattr(item, "callspec") else {}
    item.add_marker(pytest.mark.xdist_group(f"browser {parameters.get('language', LANGUAGES[0])}"))


@pytest.fixture(scope="session")
def site(tmp_path_factory, worker_id):
    folder, password = _own_copy(tmp_path_factory, worker_id, "site")
    with running_server(_environment(folder), folder, workers=1) as url:
        yield Site(url, password)


@contextmanager
def filled_site(tmp_path_factory, worker_id, name, rows, clock=MORNING):
    """(address, what the script said) of a site with a database of its own, into which a script has written rows."""
    folder, _password = _own_copy(tmp_path_factory, worker_id, name)
    environment = _environment(folder) | {"SITE_CLOCK": clock}
    said = _written(rows, environment)
    with running_server(environment, folder, workers=1) as url:
        yield url, said


@pytest.fixture(scope="module")
def morning(tmp_path_factory, worker_id):
    """The first morning of the conference: 60 people are expected."""
    with filled_site(tmp_path_factory, worker_id, "morning", DESK_PEOPLE) as (url, said):
        yield Morning(url, json.loads(said))


@pytest.fixture(scope="module")
def hackathon_site(tmp_path_factory, worker_id):
    """hackathon_site(): with a database of its own, a hackathon whose deadline is tomorrow. What was there is gone."""
    folder, _password = _own_copy(tmp_path_factory, worker_id, "hackathon")
    environment = _environment(folder)

    def sql(statement):
        with closing(sqlite3.connect(folder / "db.sqlite3", timeout=20)) as database, database:
            database.execute(statement)

    def anew():
        return HackathonSite(url, sql=sql, **json.loads(_written(HACKATHON_PEOPLE, environment)))

    with running_server(environment, folder, workers=1) as url:
        yield anew


@pytest.fixture(scope="module")
def busy_site(tmp_path_factory, worker_id):
    """The first morning with 75 people, and a session of an account that may do everything."""
    with filled_site(tmp_path_factory, worker_id, "busy", JOURNEYS_PEOPLE) as (url, said):
        yield Morning(url, [said])


@pytest.fixture(scope="module")
def staff_site(tmp_path_factory, worker_id):
    """One row at least of what staff work with, and the addresses of their pages."""
    with filled_site(tmp_path_factory, worker_id, "staff", STAFF_PEOPLE) as (url, said):
        yield StaffSite(url, **json.loads(said))


@pytest.fixture(scope="module")
def calls(tmp_path_factory, worker_id):
    """Speakers are sought for a topic, some days before the conference."""
    before = MORNING.replace("-26T", "-20T")
    with filled_site(tmp_path_factory, worker_id, "calls", CALL_PEOPLE, before) as (url, said):
        yield Calls(url, **json.loads(said))


@pytest.fixture(scope="module")
def voices_site(tmp_path_factory, worker_id):
    """The first morning, with something on every page of what people bring."""
    with filled_site(tmp_path_factory, worker_id, "voices", VOICES_ROWS) as (url, said):
        yield VoicesSite(url, **json.loads(said))


def _own_copy(tmp_path_factory, worker_id, name):
    """The folder of a site of its own, and the first password of its staff."""
    of_process = tmp_path_factory.getbasetemp()
    prepared, password = _prepare_once(of_process if worker_id == "master" else of_process.parent)
    return shutil.copytree(prepared, of_process / name), password


def _written(rows: Path, environment: dict[str, str]) -> str:
    """What a script with rows says in its last line."""
    return manage(f"shell --command {shlex.quote(rows.read_text(encoding='utf-8'))}", environment).splitlines()[-1]


def _prepare_once(folder: Path) -> tuple[Path, str]:
    """A site without visitors yet, made by the process that comes first, and the password of its staff."""
    prepared = folder / "prepared"
    first_password = prepared / "first-password.txt"
    with (folder / "prepared.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not first_password.exists():
            prepared.mkdir(exist_ok=True)  # where a process before could not finish
            manage("prepare", _environment(prepared))
            manage(f"shell --command {shlex.quote(SAMPLE.read_text(encoding='utf-8'))}", _environment(prepared))
    return prepared, first_password.read_text(encoding="utf-8").split()[1]


def _environment(folder: Path) -> dict[str, str]:
    return {
        "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
        "MEDIA_ROOT": f"{folder}/media",
        "ERASURE_LEDGER": f"{folder}/erasures.txt",
    }


@pytest.fixture(scope="session")
def browser():
    names = ["chromium", "chromium-browser", "google-chrome"]
    chromium = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if not chromium:
        pytest.skip("no Chromium: install it, or say in $CHROMIUM where it is")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_OPTIONS)
        yield browser
        browser.close()


def _pages(browser, site):
    """Opens a page of a visitor who has never been here: new_page(java_script_enabled=False)."""
    contexts = []

    def open_page(**options):
        contexts.append(_visitor(browser, site, **options))
        return contexts[-1].new_page()

    yield open_page
    for context in contexts:
        context.close()


new_page = pytest.fixture(_pages)
new_page_of_module = pytest.fixture(scope="module")(_pages)
new_page_of_session = pytest.fixture(scope="session")(_pages)


@pytest.fixture(scope="session")
def visit(new_page_of_session) -> Callable[[str, str], Visit]:
    """visit(language, name): what there is on a page, which the first test that asks opens for all."""

    @cache
    def tab(language, has_signed_up):
        page = new_page_of_session()
        heard = listen(page)
        if has_signed_up:
            sign_up_all(page, language)
        return page, heard

    @cache
    def visit(language, name):
        return visit_page(*tab(language, name not in CONTENT), language, name)

    return visit


def _visitor(browser, site, **options):
    # The pages scroll at once, so that nothing has to be waited for.
    context = browser.new_context(**{"base_url": site.url, "viewport": PHONE, "reduced_motion": "reduce", **options})
    context.set_default_timeout(20_000)
    return context


@pytest.fixture(scope="session")
def staff_cookies(browser, site):
    """What the browser of a member of staff keeps after signing in: new_page(storage_state=staff_cookies)."""
    context = _visitor(browser, site)
    page = context.new_page()
    page.goto("/admin/")
    page.fill("#id_username", "staff")
    page.fill("#id_password", site.staff_password)
    page.click("#login-form [type=submit]")
    # The first password is for this once.
    page.fill("#id_new_password1", "a password of the staff")
    page.fill("#id_new_password2", "a password of the staff")
    page.click(".account [type=submit]")
    page.wait_for_url("**/admin/")
    state = context.storage_state()
    context.close()
    return state
