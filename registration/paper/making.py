"""The files of one member of staff in the making: in a private folder, until they are taken or an hour has gone.

Each request of the page makes some files, so no request takes long, and no process works in the background. One
file is made at a time on a machine: on the morning of the conference several officers press the button, and the desk
must not wait for them. Of what is in the files nothing is in the database, in backups or in the log.
"""

import fcntl
import json
import os
import shutil
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

AN_HOUR = 3600  # seconds
ORDER, LOCK, UNFINISHED = "order.json", "lock", "unfinished"
TOLD = ".told"
PRIVATE, PRIVATE_FILE = 0o700, 0o600


@dataclass(frozen=True)
class Order:
    """What was asked for: names of files, in the order in which they are made."""

    year: int
    number: int  # of the day
    files: Sequence[str]
    reason: str  # for the access log, where sensitive answers are among them


class Busy(Exception):
    """Another file is being made on this machine at the moment."""


class Gone(Exception):
    """The files were taken, or an hour has gone."""


def begin(user: int, order: Order) -> None:
    """In place of what the same member of staff had asked for before."""
    forget_old()
    forget(user)
    _root().mkdir(mode=PRIVATE, parents=True, exist_ok=True)
    _folder(user).mkdir(mode=PRIVATE, exist_ok=True)
    with _opened(_folder(user) / UNFINISHED) as file:
        file.write(json.dumps(asdict(order)).encode())
    (_folder(user) / UNFINISHED).rename(_folder(user) / ORDER)


def current(user: int) -> Order | None:
    forget_old()
    try:
        return Order(**json.loads((_folder(user) / ORDER).read_bytes()))
    except FileNotFoundError:
        return None


def made(user: int, order: Order) -> list[str]:
    return [name for name in order.files if (_folder(user) / name).exists()]


def size(user: int, order: Order) -> int:
    return sum((_folder(user) / name).stat().st_size for name in made(user, order))


def make(user: int, name: str, write: Callable[[BinaryIO], object]) -> bool:
    """False where it is there already: the page was opened twice. What `write` tells of the file is kept beside it."""
    with _alone():
        if (_folder(user) / name).exists():
            return False
        unfinished = _folder(user) / UNFINISHED
        try:
            with _opened(unfinished) as file:
                told = write(file)
            with _opened(_folder(user) / f"{name}{TOLD}") as beside:
                beside.write(json.dumps(told if isinstance(told, dict) else {}).encode())
            unfinished.rename(_folder(user) / name)
        except FileNotFoundError as gone:
            raise Gone from gone
        return True


def told_of(user: int, name: str) -> dict[str, str]:
    try:
        told: dict[str, str] = json.loads((_folder(user) / f"{name}{TOLD}").read_bytes())
    except FileNotFoundError as gone:
        raise Gone from gone
    return told


def take(user: int, order: Order) -> BinaryIO:
    """All of them as one ZIP. It has no name on the disk, and is gone once it is closed, as they are at once."""
    packed: BinaryIO = tempfile.TemporaryFile(dir=_root())  # noqa: SIM115 -- closed by the response
    try:
        with zipfile.ZipFile(packed, "w") as together:  # they are packed inside already
            for name in order.files:
                together.write(_folder(user) / name, name)
    except FileNotFoundError as gone:
        packed.close()
        raise Gone from gone
    forget(user)
    packed.seek(0)
    return packed


def forget(user: int) -> None:
    shutil.rmtree(_folder(user), ignore_errors=True)


def forget_old() -> None:
    """What was not taken within an hour, also of accounts that are gone."""
    for order in _root().glob(f"*/{ORDER}"):
        try:
            if time.time() - order.stat().st_mtime > AN_HOUR:
                shutil.rmtree(order.parent, ignore_errors=True)
        except FileNotFoundError:  # another process was quicker
            continue


def _root() -> Path:
    """Beside the ledger of erasures, which is no place for other users, and is on a disk with room."""
    ledger: Path = settings.ERASURE_LEDGER
    return ledger.parent / "papers"


def _folder(user: int) -> Path:
    return _root() / str(user)


def _opened(path: Path) -> BinaryIO:
    """In place of what a process that was killed may have left there."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE_FILE), "wb")


@contextmanager
def _alone() -> Iterator[None]:
    """The system lets go of it when the process ends, however it ends."""
    _root().mkdir(mode=PRIVATE, parents=True, exist_ok=True)
    lock = os.open(_root() / LOCK, os.O_WRONLY | os.O_CREAT, PRIVATE_FILE)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as taken:
        raise Busy from taken
    else:
        yield
    finally:
        os.close(lock)
