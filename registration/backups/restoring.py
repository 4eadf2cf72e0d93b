"""Brings a backup back into an empty place; and the rows of this place into another database."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from registration.backups import archive, databases, installation, keys, rows
from registration.backups.making import CLOCK, LEDGER, SETTINGS, work_folder
from registration.backups.problem import Problem
from registration.encryption.rotation import count_readable
from registration.retention import ledger

MORE_ROWS = "The database is not empty: give an empty one, so that nothing is lost."


def restore(file: Path, *, identities: Path | None, other_keys: bool) -> Iterator[str]:
    """Says what it did, line by line. Whom the ledger of erasures names is erased again by `replay_erasures`."""
    if not rows.is_empty():
        raise Problem(MORE_ROWS)
    with work_folder() as work:
        manifest = archive.unpack(archive.decrypted(file, identities, work), work)
        others = keys.missing(manifest.keys)
        if others and not other_keys:
            raise Problem(
                f"The backup was made with other values of {', '.join(others)}. Put those back into .env. If they are "
                "lost, --other-keys goes on: without the first, no answer that is encrypted opens again; without the "
                "second, people who were erased may come back; without the third, no link in an e-mail opens."
            )
        yield f"The backup was made at {manifest.made_at}, on {manifest.database}."
        # First: were the rows here without it, a start would bring erased people back.
        if LEDGER in manifest.files:
            yield f"Ledger of erasures: lines added {ledger.merge((work / LEDGER).read_text())}; none was taken out."
        yield f"Pictures: files added {_add_pictures(work / archive.PICTURES)}; none was overwritten."
        if CLOCK in manifest.files and not settings.SITE_CLOCK_FILE.exists():
            shutil.copyfile(work / CLOCK, settings.SITE_CLOCK_FILE)
        rows.make_tables(manifest.migrations)
        rows.read(work / "rows", manifest.tables)
        number = sum(table.rows for table in manifest.tables.values())
        yield f"Rows: {number} in {len(manifest.tables)} tables, each table as it was in the backup."
        was = installation.of_text((work / SETTINGS).read_text(encoding="utf-8"))
    call_command("migrate", interactive=False, verbosity=0)
    numbers = count_readable()
    yield f"Encrypted values: {numbers['values']}, of which no key opens {numbers['unreadable']}."
    now = installation.without_secrets()
    for name in sorted({*was, *now}):
        before, here = was.get(name, "not set"), now.get(name, "not set")
        if before != here:
            yield f"{name} was {before} and is {here}: see whether that is right."


def move(url: str) -> Iterator[str]:
    """All rows but sessions into the empty database at this address. Nothing changes here."""
    with work_folder() as work:
        with databases.at_one_moment(work):
            migrations, tables = rows.applied_migrations(), rows.write(work)
        with databases.in_use(url):
            if not rows.is_empty():
                raise Problem(MORE_ROWS)
            rows.make_tables(migrations)
            rows.read(work, tables)
    for name, table in tables.items():
        yield f"{name}: {table.rows}"
    number = sum(table.rows for table in tables.values())
    yield f"Rows: {number} in {len(tables)} tables, each the same in both databases."


def _add_pictures(folder: Path) -> int:
    """A name is that of one content: what is here already is the same."""
    number = 0
    for source in folder.rglob("*"):
        target = Path(settings.MEDIA_ROOT) / source.relative_to(folder)
        if source.is_file() and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
            number += 1
    return number
