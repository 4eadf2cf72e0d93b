"""The drill: everything is lost but the backup and the keys, and the site stands again elsewhere.

Many people, and every public page that a link leads to:
DRILL_PEOPLE=200 bin/test tests/registration/backups/test_drill.py -s
"""

import os
import re
import shutil
import time
from collections import deque
from io import StringIO
from urllib.parse import urljoin

import pytest
from cryptography.fernet import Fernet
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.db.models import FileField
from django.test import Client
from django.utils import timezone

from agenda.models import Photograph
from agenda.publishing.versions import publish_first
from conference.models import Edition
from conference.rooms_above import apps_above
from registration.backups import databases
from registration.backups.making import make
from registration.encryption.columns import DecryptionError, EncryptedDictField, EncryptedListField, EncryptedTextField
from registration.links import address_for
from registration.models import AccessLog, InclusionAnswers, Message, Registration
from registration.signing_up import transitions
from tests import rooms_above
from tests.crawl import private_addresses
from tests.databases import load_2024
from tests.factories import make_registration
from tests.registration.backups.conftest import use_folder

PEOPLE = int(os.environ.get("DRILL_PEOPLE", 3))
ALL_PAGES = PEOPLE > 100
PAGES = ["/en/", "/km/2024/", "/en/2024/agenda/", "/km/2024/speakers/", "/en/2024/schedule.json"]
OF_ROOMS_ABOVE = ["calls/", "feedback/", "resources/", "voices/", "outcomes/", "outcomes.json", "hackathon/"]
OF_A_VISITOR = re.compile(r'(name="(?:csrfmiddlewaretoken|form_token|token|shown_at)" value="|\?form=)[\w:-]*')
LINK = re.compile(r'(?:href|src)="([^"]+)"')
ENCRYPTED = (EncryptedTextField, EncryptedListField, EncryptedDictField)
A_PICTURE = b"\xff\xd8 sample picture \x00\xff"
NOTE = "kanari7731 ត្រូវការអ្នកបកប្រែ"


@pytest.fixture
def before(empty_database, place, monkeypatch):
    """Some people, each with a need, a photograph and a message; at a moment that stands still, as pages tell it."""
    moment = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: moment)
    edition = load_2024()
    publish_first(edition)
    rooms_above.fill(edition)
    rooms_above.before_deadline()
    for number in range(PEOPLE):
        inclusion = {"access_note": f"{NOTE} {number}", "food": ["halal"]}
        make_registration(edition, inclusion=inclusion, email=f"sample{number}@example.org")
        photo = Photograph(edition=edition, slot="home", alt_en="Sample", alt_km="គំរូ")
        photo.photo.name = f"pictures/{number:032x}.jpg"
        Photograph.objects.bulk_create([photo])
        for name in photo.files:
            (place / "media" / name).write_bytes(A_PICTURE + name.encode())
    return edition


@pytest.fixture
def links(before):
    """Of speakers, reviewers, teams, judges and others who have no account: those that open something."""
    found = set(private_addresses(Registration.objects.latest("pk")))
    opened = {address for address, (status, _text) in pages_of(found).items() if status == 200}
    assert len(opened) > 10 or not apps_above()
    return opened


def test_everything_is_there_again_elsewhere(before, links, empty_database, settings, tmp_path):
    pages, people, pictures = public_pages(), own_pages(), pictures_in(tmp_path / "first")
    of_links = pages_of(links)
    assert len(pictures) == 5 * PEOPLE + len(uploaded())
    backup, _manifest = make(f"{tmp_path}/carried/", recipient="", keep=1)
    gone = Registration.objects.filter(email="sample0@example.org").get()
    code = gone.code
    transitions.erase(gone)
    ledger = settings.ERASURE_LEDGER.read_text()
    shutil.rmtree(tmp_path / "first")
    connection.close()

    with databases.in_use(empty_database):
        second = use_folder(settings, tmp_path / "second")
        settings.ERASURE_LEDGER.write_text(ledger)  # it is kept on another disk
        started = time.monotonic()
        said = restored(backup)
        seconds = time.monotonic() - started
        print(f"\n{connection.vendor}: {len(pages)} pages, {len(people)} people, {seconds:.1f} s\n{said}")

        assert differences(pages, public_pages()) == set()
        assert own_pages() == {other: page for other, page in people.items() if other != code}
        assert "registrations 1" in said
        assert Message.objects.exclude(registration__code=code).count() >= PEOPLE - 1
        assert differences(of_links, pages_of(links)) == set()
        assert pictures_in(second) == pictures
        needs = [one for one in InclusionAnswers.objects.all() if NOTE in one.access_note]
        assert [one.food for one in needs] == [["halal"]] * (PEOPLE - 1)
        settings.FIELD_ENCRYPTION_KEYS = [Fernet.generate_key().decode()]
        with pytest.raises(DecryptionError):
            InclusionAnswers.objects.first()


def test_rows_move_to_another_database_and_back(before, links, empty_database, tmp_path, quick_sqlite):
    """On PostgreSQL by way of SQLite: there the tables are made anew."""
    colleague = get_user_model().objects.create_user("colleague")
    AccessLog.objects.create(user=colleague, look="export", subject="sample", reason=NOTE, edition=before)
    people, closed, of_links = own_pages(), as_they_lie(), pages_of(links)
    number = Registration.objects.count()
    on_the_way = empty_database if connection.vendor == "sqlite" else f"sqlite:///{tmp_path}/on-the-way.sqlite3"

    said = moved(on_the_way)

    assert f"registration_registration: {number}\n" in said
    with databases.in_use(on_the_way):
        assert (own_pages(), as_they_lie()) == (people, closed)
        assert differences(of_links, pages_of(links)) == set()
        if on_the_way == empty_database:
            return
        assert connection.vendor == "sqlite"
        assert moved(empty_database) == said
    with databases.in_use(empty_database):
        assert connection.vendor == "postgresql"
        assert (own_pages(), as_they_lie()) == (people, closed)
        assert differences(of_links, pages_of(links)) == set()
        make_registration(Edition.objects.current())  # its number is not taken: the sequences go on


def restored(backup):
    said = StringIO()
    call_command("restore", str(backup), stdout=said)
    return said.getvalue()


def moved(url):
    said = StringIO()
    call_command("move_to", url, stdout=said)
    return said.getvalue()


def as_they_lie():
    """Every column that is encrypted."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models():
            closed = [one.column for one in model._meta.concrete_fields if isinstance(one, ENCRYPTED)]
            if closed:
                columns = ", ".join(map(connection.ops.quote_name, [model._meta.pk.column, *closed]))
                cursor.execute(f"SELECT {columns} FROM {model._meta.db_table} ORDER BY 1")  # noqa: S608 -- our names
                found[model._meta.db_table] = cursor.fetchall()
    assert found["registration_inclusionanswers"]
    return found


def page(client, path):
    """What every visitor gets."""
    answer = client.get(path, follow=True)
    content = b"".join(answer) if answer.streaming else answer.content
    return answer.status_code, OF_A_VISITOR.sub(r"\1", content.decode(errors="surrogateescape"))


def public_pages():
    """Each of them as it is now, none from a cache."""
    for kept in caches.all():
        kept.clear()
    above = [f"/en/2024/{path}" for path in OF_ROOMS_ABOVE] if apps_above() else []
    client, waiting, found = Client(), deque([*PAGES, *above]), {}
    while waiting:
        path = waiting.popleft()
        found[path] = page(client, path)
        if ALL_PAGES and "<html" in found[path][1]:
            links_to = {urljoin(path, link).partition("#")[0] for link in LINK.findall(found[path][1])}
            waiting.extend(link for link in links_to - {*found, *waiting} if link.startswith(("/en/", "/km/")))
    return found


def pages_of(addresses):
    """Each as the one sees it who has the link."""
    return {address: page(Client(), address) for address in addresses}


def uploaded():
    """The files that speakers have sent."""
    fields = [
        (model, field)
        for model in apps.get_models()
        if model._meta.app_label in apps_above()
        for field in model._meta.concrete_fields
        if isinstance(field, FileField)
    ]
    return {name for model, field in fields for name in model._base_manager.values_list(field.name, flat=True) if name}


def pictures_in(place):
    return {path.name: path.read_bytes() for path in (place / "media").rglob("*.*")}


def own_pages():
    """By reference number: what the own link opens, and the needs behind it."""
    found = {}
    for person in Registration.objects.filter(email__startswith="sample").select_related("edition").order_by("pk"):
        client = Client()
        found[person.code] = page(client, address_for(person)), page(client, "/en/registration/needs/")
        assert "kanari7731" in found[person.code][1][1]
    return found


def differences(before, after):
    return {path for path in {*before, *after} if before.get(path) != after.get(path)}
