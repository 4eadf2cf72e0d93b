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
from django.contrib.auth import get_user_model
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from agenda.models import Photograph
from agenda.publishing.versions import publish_first
from conference.models import Edition
from registration.backups import databases
from registration.backups.making import make
from registration.encryption.columns import DecryptionError
from registration.links import address_for
from registration.models import AccessLog, InclusionAnswers, Message, Registration
from registration.signing_up import transitions
from tests.databases import load_2024
from tests.factories import make_registration
from tests.registration.backups.conftest import use_folder

PEOPLE = int(os.environ.get("DRILL_PEOPLE", 3))
ALL_PAGES = PEOPLE > 100
PAGES = ["/en/", "/km/2024/", "/en/2024/agenda/", "/km/2024/speakers/", "/en/2024/schedule.json"]
OF_A_VISITOR = re.compile(r'(name="(?:csrfmiddlewaretoken|form_token|shown_at)" value="|\?form=)[\w:-]*')
LINK = re.compile(r'(?:href|src)="([^"]+)"')
A_PICTURE = b"\xff\xd8 sample picture \x00\xff"
NOTE = "kanari7731 ត្រូវការអ្នកបកប្រែ"


@pytest.fixture
def before(empty_database, place, monkeypatch):
    """Some people, each with a need, a photograph and a message; at a moment that stands still, as pages tell it."""
    moment = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: moment)
    edition = load_2024()
    publish_first(edition)
    for number in range(PEOPLE):
        inclusion = {"access_note": f"{NOTE} {number}", "food": ["halal"]}
        make_registration(edition, inclusion=inclusion, email=f"sample{number}@example.org")
        photo = Photograph(edition=edition, slot="home", alt_en="Sample", alt_km="គំរូ")
        photo.photo.name = f"pictures/{number:032x}.jpg"
        Photograph.objects.bulk_create([photo])
        for name in photo.files:
            (place / "media" / name).write_bytes(A_PICTURE + name.encode())
    return edition


def test_everything_is_there_again_elsewhere(before, empty_database, settings, tmp_path):
    pages, people, pictures = public_pages(), own_pages(), pictures_in(tmp_path / "first")
    assert len(pictures) == 5 * PEOPLE
    backup, _manifest = make(f"{tmp_path}/carried/", recipient="", keep=1)
    gone = Registration.objects.order_by("pk").first()
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
        assert pictures_in(second) == pictures
        assert {answers.food[0] for answers in InclusionAnswers.objects.all()} == {"halal"}
        assert NOTE in InclusionAnswers.objects.first().access_note
        settings.FIELD_ENCRYPTION_KEYS = [Fernet.generate_key().decode()]
        with pytest.raises(DecryptionError):
            InclusionAnswers.objects.first()


def test_rows_move_to_another_database_and_back(before, empty_database, tmp_path, quick_sqlite):
    """On PostgreSQL by way of SQLite: there the tables are made anew."""
    colleague = get_user_model().objects.create_user("colleague")
    AccessLog.objects.create(user=colleague, look="export", subject="sample", reason=NOTE, edition=before)
    people, closed = own_pages(), as_they_lie()
    on_the_way = empty_database if connection.vendor == "sqlite" else f"sqlite:///{tmp_path}/on-the-way.sqlite3"

    said = moved(on_the_way)

    assert f"registration_registration: {PEOPLE}\n" in said
    with databases.in_use(on_the_way):
        assert (own_pages(), as_they_lie()) == (people, closed)
        if on_the_way == empty_database:
            return
        assert connection.vendor == "sqlite"
        assert moved(empty_database) == said
    with databases.in_use(empty_database):
        assert connection.vendor == "postgresql"
        assert (own_pages(), as_they_lie()) == (people, closed)
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
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, access_note, food FROM registration_inclusionanswers ORDER BY id")
        return cursor.fetchall()


def page(client, path):
    """What every visitor gets."""
    answer = client.get(path, follow=True)
    content = b"".join(answer) if answer.streaming else answer.content
    return answer.status_code, OF_A_VISITOR.sub(r"\1", content.decode(errors="surrogateescape"))


def public_pages():
    """Each of them as it is now, none from a cache."""
    for kept in caches.all():
        kept.clear()
    client, waiting, found = Client(), deque(PAGES), {}
    while waiting:
        path = waiting.popleft()
        found[path] = page(client, path)
        if ALL_PAGES and "<html" in found[path][1]:
            links_to = {urljoin(path, link).partition("#")[0] for link in LINK.findall(found[path][1])}
            waiting.extend(link for link in links_to - {*found, *waiting} if link.startswith(("/en/", "/km/")))
    return found


def pictures_in(place):
    return {path.name: path.read_bytes() for path in (place / "media").rglob("*.*")}


def own_pages():
    """By reference number: what the own link opens, and the needs behind it."""
    found = {}
    for person in Registration.objects.select_related("edition").order_by("pk"):
        client = Client()
        found[person.code] = page(client, address_for(person)), page(client, "/en/registration/needs/")
        assert "kanari7731" in found[person.code][1][1]
    return found


def differences(before, after):
    return {path for path in {*before, *after} if before.get(path) != after.get(path)}
