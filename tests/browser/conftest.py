"""The real server with its own database, and a browser that visits it."""

import os
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import pytest
from cryptography.fernet import Fernet
from django.utils.crypto import get_random_string
from playwright.sync_api import sync_playwright

from tests.browser.pages import CONTENT, sign_up_all
from tests.browser.visits import PHONE, Visit, listen, visit_page
from tests.server import manage, running_server

CHROMIUM_OPTIONS = [
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


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    environment = {
        "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
        "MEDIA_ROOT": f"{folder}/media",
        "ERASURE_LEDGER": f"{folder}/erasures.txt",
        "SECRET_KEY": get_random_string(60),
        "FIELD_ENCRYPTION_KEYS": Fernet.generate_key().decode(),
    }
    password = re.search(r"password (\w+)", manage("prepare", environment))[1]
    with running_server(environment, folder) as url:
        yield Site(url, password)


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
    page.click("[type=submit]")
    page.wait_for_url("**/admin/")
    state = context.storage_state()
    context.close()
    return state
