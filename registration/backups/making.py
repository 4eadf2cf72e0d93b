"""Makes a backup: one file, opened again before it counts; older ones go."""

import re
import shutil
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from registration.backups import archive, databases, installation, keys, rows
from registration.backups.problem import Problem
from registration.models import Backup

LEDGER, SETTINGS, CLOCK = "erasures.txt", "settings.env", "site-clock"
NAME = "backup-%Y-%m-%d-%H%M%S"
NAMED = re.compile(r"(backup-\d{4}-\d\d-\d\d-\d{6})\.zip(\.age)?")
# Participants are told that what they erased is gone from the backups after so long.
LONGEST = timedelta(days=30)
UNFINISHED = "unfinished-backup-"
A_DAY = 24 * 3600  # seconds


def make(destination: str, *, recipient: str, keep: int) -> tuple[Path, archive.Manifest]:
    """Into a folder, where at most so many are kept, or into a new file. Gives the file."""
    moment = timezone.now()
    is_folder = destination.endswith("/") or Path(destination).is_dir()
    target = Path(destination).absolute()
    if is_folder:
        target /= f"{timezone.localtime(moment):{NAME}}.zip" + (".age" if recipient else "")
    if target.exists():
        raise Problem(f"{target} is there already: a backup is a new file.")
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with work_folder() as work:
        manifest = _pack(work, work / "backup.zip", moment)
        archive.unpack(work / "backup.zip")
        archive.put(work / "backup.zip", target, recipient)
    if is_folder:
        _prune(target, keep, moment)
    if Backup._meta.db_table in manifest.tables:  # not yet, where newer code copies what it will migrate
        Backup.objects.all().delete()
        Backup.objects.create(made_at=moment)
    return target, manifest


@contextmanager
def work_folder() -> Iterator[Path]:
    """Beside the ledger, which is no place for other users, and is on a disk with room."""
    place = settings.ERASURE_LEDGER.parent
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left in place.glob(f"{UNFINISHED}*"):  # by a process that was killed
        if time.time() - left.stat().st_mtime > A_DAY:
            shutil.rmtree(left)
    with tempfile.TemporaryDirectory(prefix=UNFINISHED, dir=place) as folder:
        yield Path(folder)


def pictures() -> dict[str, Path]:
    """All files that staff have uploaded, by their names in a backup."""
    root = Path(settings.MEDIA_ROOT)
    return {
        f"{archive.PICTURES}{path.relative_to(root).as_posix()}": path for path in root.rglob("*") if path.is_file()
    }


def _pack(work: Path, file: Path, moment: datetime) -> archive.Manifest:
    with zipfile.ZipFile(file, "x") as packed:
        # Before the rows and after them: a picture that is deleted or added meanwhile is there if a row names it.
        files = _add_pictures(packed, {})
        (work / "rows").mkdir()
        with databases.at_one_moment(work):
            migrations, tables = rows.applied_migrations(), rows.write(work / "rows")
        files |= _add_pictures(packed, files)
        # After the rows: an erasure is noted before the row goes.
        if settings.ERASURE_LEDGER.exists():
            files[LEDGER] = archive.add(packed, LEDGER, settings.ERASURE_LEDGER)
        if settings.SITE_CLOCK_FILE.exists():
            files[CLOCK] = archive.add(packed, CLOCK, settings.SITE_CLOCK_FILE)
        (work / SETTINGS).write_text(installation.as_text(installation.without_secrets()), encoding="utf-8")
        files[SETTINGS] = archive.add(packed, SETTINGS, work / SETTINGS)
        for table in sorted((work / "rows").iterdir()):
            files[f"rows/{table.name}"] = archive.add(packed, f"rows/{table.name}", table)
        manifest = archive.Manifest(
            moment.isoformat(timespec="seconds"), connection.vendor, migrations, tables, files, keys.proofs()
        )
        packed.writestr(archive.MANIFEST, manifest.as_text())
    return manifest


def _add_pictures(packed: zipfile.ZipFile, known: dict[str, str]) -> dict[str, str]:
    added = {}
    for name, path in sorted(pictures().items()):
        if name not in known:
            try:
                added[name] = archive.add(packed, name, path)
            except FileNotFoundError:  # deleted since it was listed: no row will name it
                continue
    return added


def _prune(newest: Path, keep: int, moment: datetime) -> None:
    """In its folder the last ones stay, and none that is too old. What has another name is not ours."""
    found = {path: match[1] for path in newest.parent.iterdir() if (match := NAMED.fullmatch(path.name))}
    by_age = sorted(found, key=lambda path: (path == newest, found[path]), reverse=True)
    for place, path in enumerate(by_age):
        made_at = timezone.make_aware(datetime.strptime(found[path], NAME))
        if place >= max(keep, 1) or (path != newest and moment - made_at > LONGEST):
            path.unlink()
