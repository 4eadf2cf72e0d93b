"""One file with everything but the keys: where it lies, who may read it, what is in it, and which ones stay."""

import os
import stat
import zipfile
from datetime import timedelta
from threading import Thread

import pyrage
import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from registration.backups import archive, installation, rows
from registration.backups.making import LONGEST, make, work_folder
from registration.backups.noted import unsaved_since
from registration.backups.problem import Problem
from registration.models import Backup, DayChoice, Message, Registration
from tests.databases import load_2024
from tests.factories import make_registration
from tests.pages import read

CANARY = "kanari8851"


@pytest.fixture
def edition(transactional_db, place):
    """A backup on PostgreSQL looks at one moment, which begins with a transaction of its own."""
    return load_2024()


def saved(destination, **options):
    """The path that is printed."""
    path, _manifest = make(str(destination), **{"recipient": "", "keep": 14, **options})
    return path


def content(path):
    with zipfile.ZipFile(path) as packed:
        return b"".join(packed.read(name) for name in packed.namelist())


def test_command_prints_where_the_file_is_and_only_its_owner_reads_it(edition, place, capsys):
    call_command("backup")

    path = next((place / "backups").iterdir())
    assert capsys.readouterr().out == f"{path}\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [one.name for one in place.iterdir() if "unfinished" in one.name] == []


def test_new_file_is_made_and_none_is_overwritten(edition, tmp_path):
    path = saved(tmp_path / "mine.zip")
    kept = path.read_bytes()

    with pytest.raises(CommandError, match=r"No backup was made. .*mine.zip is there already"):
        call_command("backup", str(path))

    assert path.read_bytes() == kept


def test_no_answer_that_is_encrypted_and_no_key_lies_open_in_it(edition, tmp_path, settings, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", f"postgres://conference:{CANARY}/1@localhost/conference?password={CANARY}")
    monkeypatch.setenv("SECRET_KEY", CANARY)
    make_registration(edition, inclusion={"access_note": CANARY, "food": [CANARY]})
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_session VALUES (%s, %s, %s)", [CANARY, CANARY, timezone.now()])

    found = content(saved(tmp_path / "mine.zip"))

    assert b"KUMROU Sakalbang" in found  # it holds personal data
    assert CANARY.encode() not in found
    assert b"DATABASE_URL=postgres://localhost/conference\n" in found
    for key in (settings.SECRET_KEY, settings.ERASURE_LEDGER_KEY, *settings.FIELD_ENCRYPTION_KEYS):
        assert not key or key.encode() not in found


def test_every_setting_with_a_secret_is_left_out(monkeypatch, settings):
    example = (settings.BASE_DIR / ".env.example").read_text()
    for name in installation.NAMED.findall(example):
        monkeypatch.setenv(name, f"smtp://user:{CANARY}@mail.example.org" if name.endswith("_URL") else name)

    found = installation.without_secrets()

    assert CANARY not in str(found)
    assert found["ALLOWED_HOSTS"] == "ALLOWED_HOSTS"
    assert found["EMAIL_URL"] == "smtp://mail.example.org"
    assert not {"SECRET_KEY", "FIELD_ENCRYPTION_KEYS", "ERASURE_LEDGER_KEY"} & set(found)


def test_file_for_a_recipient_opens_with_their_identity_alone(edition, tmp_path):
    owner, other = pyrage.x25519.Identity.generate(), pyrage.x25519.Identity.generate()
    (tmp_path / "mine.txt").write_text(f"# created: sample\n{owner}\n")
    (tmp_path / "other.txt").write_text(f"{other}\n")

    path = saved(f"{tmp_path}/new/", recipient=str(owner.to_public()))

    assert path.name.endswith(".zip.age")
    assert path.read_bytes().startswith(b"age-encryption.org/")
    assert not zipfile.is_zipfile(path)
    plain = archive.decrypted(path, tmp_path / "mine.txt", tmp_path)
    assert "registration_registration" in archive.unpack(plain).tables
    with pytest.raises(Problem, match="--identity"):
        archive.decrypted(path, None, tmp_path)
    with pytest.raises(Problem, match="does not open"):
        archive.decrypted(path, tmp_path / "other.txt", tmp_path / "new")


def test_mistyped_recipient_leaves_no_file(edition, tmp_path):
    with pytest.raises(Problem, match="BACKUP_RECIPIENT is no recipient of age"):
        saved(f"{tmp_path}/new/", recipient="age1mistyped")

    assert list((tmp_path / "new").iterdir()) == []
    assert not Backup.objects.exists()


@pytest.mark.parametrize("changed", ["content", "missing", "more"])
def test_file_that_is_not_whole_is_refused(edition, tmp_path, changed):
    path = saved(tmp_path / "mine.zip")
    with zipfile.ZipFile(path) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    name = "rows/registration_registration.jsonl"
    if changed == "content":
        files[name] += b"[]\n"
    elif changed == "missing":
        del files[name]
    else:
        files["rows/more.jsonl"] = b"[]\n"
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as packed:
        for each, text in files.items():
            packed.writestr(each, text)

    with pytest.raises(Problem, match="damaged"):
        archive.unpack(tmp_path / "other.zip")


def test_torn_file_and_one_of_another_kind_are_refused(edition, tmp_path):
    path = saved(tmp_path / "mine.zip")
    (tmp_path / "torn.zip").write_bytes(path.read_bytes()[:-100])
    (tmp_path / "text.zip").write_text("sample")

    for name in ("torn.zip", "text.zip"):
        with pytest.raises(Problem, match="is no backup of this site, or it is damaged"):
            archive.unpack(tmp_path / name)


def test_file_cannot_reach_outside_of_its_folder(tmp_path):
    manifest = archive.Manifest("", "sqlite", [], {}, {"media/../../outside.txt": "0"}, {})
    with zipfile.ZipFile(tmp_path / "bad.zip", "w") as packed:
        packed.writestr("media/../../outside.txt", "sample")
        packed.writestr(archive.MANIFEST, manifest.as_text())

    with pytest.raises(Problem, match="lies outside"):
        archive.unpack(tmp_path / "bad.zip", tmp_path / "work")


def test_last_ones_stay_and_none_that_is_too_old_and_no_other_file_goes(edition, tmp_path, monkeypatch):
    folder = tmp_path / "backups"
    folder.mkdir()
    days = {name: timezone.localtime() - timedelta(days=name) for name in (1, 2, 3, LONGEST.days + 1)}
    names = {day: f"backup-{moment:%Y-%m-%d-%H%M%S}.zip" for day, moment in days.items()}
    for name in (*names.values(), "backup-of-mine.zip", "backup-2020-01-01-000000.zip.txt"):
        (folder / name).write_text("sample")

    kept_all = {saved(folder, keep=99).name, *names.values()} - {names[LONGEST.days + 1]}
    assert kept_all == {path.name for path in folder.iterdir() if "mine" not in path.name and path.suffix == ".zip"}

    (folder / max(kept_all)).unlink()
    newest = saved(folder, keep=2)
    assert {path.name for path in folder.iterdir()} == {
        *(newest.name, names[1], "backup-of-mine.zip", "backup-2020-01-01-000000.zip.txt")
    }


def test_picture_that_goes_while_the_rows_are_read_is_in_it(edition, place, tmp_path, monkeypatch):
    before, after = place / "media" / "pictures" / "0.jpg", place / "media" / "pictures" / "1.jpg"
    before.write_bytes(b"before")
    read = rows.write

    def meanwhile(folder):
        before.unlink()
        after.write_bytes(b"after")
        return read(folder)

    monkeypatch.setattr(rows, "write", meanwhile)

    with zipfile.ZipFile(saved(tmp_path / "mine.zip")) as packed:
        assert packed.read("media/pictures/0.jpg") == b"before"
        assert packed.read("media/pictures/1.jpg") == b"after"


def test_people_sign_up_while_it_is_made_and_none_of_them_is_half_in_it(edition, place, tmp_path, monkeypatch):
    make_registration(edition)
    read, asked = rows._lines, []

    def sign_up(number):
        make_registration(edition, phone=f"+8551200030{number}")
        connection.close()

    def meanwhile(model):
        if model._meta.db_table in {one._meta.db_table for one in (Registration, Message, DayChoice)}:
            asked.append(model)
            visitor = Thread(target=sign_up, args=[len(asked)])
            visitor.start()
            visitor.join(10)
            assert not visitor.is_alive()  # a visitor does not wait for the backup
        return read(model)

    monkeypatch.setattr(rows, "_lines", meanwhile)
    _path, manifest = make(str(tmp_path / "mine.zip"), recipient="", keep=14)

    people, messages, days = (
        manifest.tables[model._meta.db_table].rows for model in (Registration, Message, DayChoice)
    )
    assert people == messages == days / 2
    assert Registration.objects.count() == Message.objects.count() == 1 + 3


def test_folder_that_a_killed_process_left_goes_after_a_day(place):
    left, young = place / "unfinished-backup-old", place / "unfinished-backup-young"
    for folder in (left, young):
        (folder / "rows").mkdir(parents=True)
    two_days_ago = timezone.now().timestamp() - 2 * 24 * 3600
    os.utime(left, (two_days_ago, two_days_ago))

    with work_folder() as work:
        assert stat.S_IMODE(work.stat().st_mode) == 0o700
        assert {path.name for path in place.glob("unfinished*")} == {young.name, work.name}


def test_what_no_backup_holds_is_known_after_three_days(edition, tmp_path, staff_client, settings):
    assert unsaved_since() is None  # an edition that the site brings along
    person = make_registration(edition)
    assert unsaved_since() is None  # since today
    Registration.objects.update(created_at=person.created_at - timedelta(days=4))
    assert unsaved_since() == person.created_at - timedelta(days=4)
    settings.SITE_CLOCK = timezone.now().replace(tzinfo=None)
    assert unsaved_since() is None  # a rehearsal
    settings.SITE_CLOCK = None

    saved(tmp_path / "mine.zip")
    assert unsaved_since() is None

    Backup.objects.update(made_at=timezone.now() - timedelta(days=3, hours=1))
    assert unsaved_since() is None  # nothing was stored since then
    colleague = staff_client.session["_auth_user_id"]
    LogEntry.objects.create(user_id=colleague, object_repr="sample", action_flag=CHANGE)
    Backup.objects.update(made_at=timezone.now() - timedelta(days=9))
    LogEntry.objects.update(action_time=timezone.now() - timedelta(days=2))
    Registration.objects.update(created_at=timezone.now() - timedelta(days=10))
    assert unsaved_since() is None  # since two days
    LogEntry.objects.update(action_time=timezone.now() - timedelta(days=8))
    assert timezone.now() - unsaved_since() >= timedelta(days=8)


def test_staff_read_that_what_was_stored_is_in_no_backup(edition, tmp_path, staff_client):
    make_registration(edition)
    Registration.objects.update(created_at=timezone.now() - timedelta(days=4))

    assert "What was stored since March 16, 2024 is in no backup." in read(staff_client.get("/admin/"))
    saved(tmp_path / "mine.zip")
    assert "is in no backup" not in read(staff_client.get("/admin/"))
