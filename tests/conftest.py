import gc
import hashlib
import logging
import os

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.cache import caches
from django.template import RequestContext, Template
from django.test.signals import template_rendered
from django.utils import timezone, translation
from whitenoise import WhiteNoise

from agenda.feeds.pdf import agenda_pdf
from agenda.programme.value import Programme
from conference import clock
from conference.keeping.kept import answers
from tests.databases import draft_read_once, in_use, load_2024, make_databases
from tests.time import live_before_the_conference

live_before_the_conference()

# With an app on top taken out (APPS_ON_TOP in .env) its tests are gone, and those of what speaks of all apps.
OF_APPS_ON_TOP = {
    "contributions": [
        "contributions",
        "browser/test_proposing.py",
        "browser/test_voices.py",
        "browser/test_voices_pages.py",
    ],
    "hackathon": ["hackathon", "browser/test_hackathon.py", "browser/test_judging.py"],
}
collect_ignore = [
    path
    for app, paths in OF_APPS_ON_TOP.items()
    if app not in settings.INSTALLED_APPS
    for path in [*paths, "test_guide_words.py"]
]

# The real one takes most of a second for each account, on purpose; no test is about it.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# No copies of public pages on disk: a test that needs them asks for a place of its own.
settings.CACHES["copies"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
settings.CACHES["papers"] = {"BACKEND": "conference.keeping.caches.SteadyCache", "LOCATION": "papers"}

# Thousands of lines that no test reads; tests/conference/serving/test_request_log.py lets them be written.
logging.getLogger("conference.requests").setLevel(logging.WARNING)

STATIC_FILES: dict[tuple[str, str], dict] = {}  # by folder and prefix
DRAFTS: dict[int, Programme] = {}  # by the key of the edition

NEEDS_THE_MACHINE = {"browser", "real_server"}
# A test of these files may take half a minute: one that began last would go on alone while the others are done.
LONG = {"test_roles.py", "test_hall.py", "test_outbox_faults.py", "test_fuzz.py"}


@pytest.hookimpl(wrapper=True)  # around the hooks of xdist, which reads the groups, and of randomly, which shuffles
def pytest_collection_modifyitems(items):
    """Where tests run side by side, those with a real server still run one after the other, as does each browser's.

    They begin at once, and then what takes long, so that the others are never finished long before them.
    """
    for item in items:
        if item.get_closest_marker("real_server"):
            item.add_marker(pytest.mark.xdist_group("machine"))
    result = yield
    items.sort(key=lambda item: (_needs_the_machine(item), item.path.name in LONG), reverse=True)
    return result


def pytest_collection_finish():
    """What was made until now stays until the end: collecting garbage need not look at it again and again.

    And it need not look as often as it does by itself, which takes a tenth of the time of a request.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def _needs_the_machine(item):
    return any(mark.name in NEEDS_THE_MACHINE for mark in item.iter_markers())


@pytest.fixture(autouse=True)
def _database_lives_in_the_time_of_the_tests(monkeypatch):
    """PostgreSQL has the real clock; tests/time.py has put the site's back."""
    if "hackathon" in settings.INSTALLED_APPS:
        monkeypatch.setattr("hackathon.submitting.arriving.of_database", timezone.now)


@pytest.fixture(autouse=True)
def _no_page_kept_from_another_test():
    for kept in caches.all(initialized_only=True):
        kept.clear()
    answers.clear()
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def _files_of_its_own(settings, folder_of_process):
    files = [folder_of_process / name for name in ("erasures.txt", "site-clock", "first-password.txt")]
    settings.ERASURE_LEDGER, settings.SITE_CLOCK_FILE, settings.FIRST_PASSWORD_FILE = files
    settings.DRAWING = folder_of_process / "drawing"
    settings.SITE_CLOCK = None  # whatever .env says
    yield
    for file in files:
        file.unlink(missing_ok=True)
    clock._ahead.cache_clear()  # a rehearsal of another test begins anew


@pytest.fixture(autouse=True)
def _paper_is_set_once(monkeypatch, folder_of_run):
    """The same agenda is the same paper in every test of every process, and setting its Khmer takes seconds."""

    def once(programme, edition, stamp, languages):
        texts = [edition.serializable_value(field.attname) for field in edition._meta.concrete_fields]
        key = hashlib.sha256(repr([programme, texts, stamp, languages]).encode()).hexdigest()
        paper = folder_of_run / f"{key}.pdf"
        if not paper.exists():
            new = paper.with_suffix(f".{os.getpid()}")  # no other process reads half of it
            new.write_bytes(agenda_pdf(programme, edition, stamp, languages))
            new.rename(paper)
        return paper.read_bytes()

    monkeypatch.setattr("agenda.feeds.files.agenda_pdf", once)


@pytest.fixture(autouse=True, scope="session")
def _static_files_are_looked_up_once():
    """Each new test client would look at every static file again, which takes longer than most of its pages."""
    look_up = WhiteNoise.update_files_dictionary

    def once(self, root, prefix):
        if (root, prefix) not in STATIC_FILES:
            look_up(self, root, prefix)
            STATIC_FILES[root, prefix] = dict(self.files)
        self.files.update(STATIC_FILES[root, prefix])

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoise, "update_files_dictionary", once)
        yield


@pytest.fixture(autouse=True, scope="session")
def _only_whole_pages_keep_their_context(django_test_environment):
    """Tests look at the context of a page. Django keeps one of each field and each part of it too, for a tenth of the
    time that a page takes.
    """

    def render(self, context):
        if isinstance(context, RequestContext) and context.template is self:
            template_rendered.send(sender=self, template=self, context=context)
        return self.nodelist.render(context)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", render)
        yield


@pytest.fixture(scope="session")
def folder_of_process(tmp_path_factory):
    return tmp_path_factory.mktemp("process")


@pytest.fixture(scope="session")
def folder_of_run(tmp_path_factory, worker_id):
    """The same for all processes."""
    own = tmp_path_factory.getbasetemp()
    return own if worker_id == "master" else own.parent


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, folder_of_run, worker_id):
    """Instead of pytest-django's, which makes the tables in every process. Gives what leads to the loaded database."""
    with django_db_blocker.unblock():
        loaded = make_databases(folder_of_run, worker_id)
        yield loaded
        loaded.close()


@pytest.fixture
def _database_of_test(request, django_db_setup):
    """The loaded one for a test that asks for the edition; but what a test commits would stay in it for the next."""
    marker = request.node.get_closest_marker("django_db")
    commits = "transactional_db" in request.fixturenames or (marker and marker.kwargs.get("transaction"))
    if "edition" in request.fixturenames and not commits:
        with in_use(django_db_setup), draft_read_once(django_db_setup, DRAFTS):
            yield
    else:
        yield


@pytest.fixture
def _django_db_helper(_database_of_test, _django_db_helper):
    """Here pytest-django begins the transaction of a test: by then its database must be chosen."""


@pytest.fixture
def edition(db):
    """The real 2024 edition, open for sign-up."""
    return load_2024()


@pytest.fixture
def intake(edition):
    return edition.intake


@pytest.fixture
def staff_client(client, db):
    """Signed in with every right."""
    client.force_login(get_user_model().objects.create_superuser("chief", password="a long password"))
    return client
