"""A backup is one ZIP file: the rows, the pictures, the ledger of erasures, the settings, and what must be in it."""

import hashlib
import json
import os
import shutil
import zipfile
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

import pyrage

from registration.backups.problem import Problem
from registration.backups.rows import Name, Table

FORMAT = 1
MANIFEST = "manifest.json"
PICTURES = "media/"
ENCRYPTED = b"age-encryption.org/"  # how such a file begins
PART = 1024 * 1024


@dataclass(frozen=True)
class Manifest:
    made_at: str
    database: str  # which of the two
    migrations: list[Name]
    tables: dict[str, Table]
    files: dict[str, str]  # each with the SHA-256 of its content
    keys: dict[str, str]  # what tells, without them, whether the keys of another place are the same (backups.keys)
    format: int = FORMAT
    restored_by: str = "bin/restore FILE, in the project of this site"

    @classmethod
    def of(cls, text: bytes) -> "Manifest":
        values = json.loads(text)
        if values["format"] != FORMAT:
            raise Problem(f"The backup has format {values['format']}; this code reads format {FORMAT}.")
        values["migrations"] = [(app, name) for app, name in values["migrations"]]
        values["tables"] = {name: Table(**table) for name, table in values["tables"].items()}
        return cls(**values)

    def as_text(self) -> str:
        return json.dumps(asdict(self), indent=1)


def add(archive: zipfile.ZipFile, name: str, path: Path) -> str:
    """Gives the SHA-256 of what was added."""
    digest = hashlib.sha256()
    info = zipfile.ZipInfo.from_file(path, name, strict_timestamps=False)
    # A picture is compressed already.
    info.compress_type = zipfile.ZIP_STORED if name.startswith(PICTURES) else zipfile.ZIP_DEFLATED
    with path.open("rb") as source, archive.open(info, "w") as target:
        while part := source.read(PART):
            digest.update(part)
            target.write(part)
    return digest.hexdigest()


def unpack(path: Path, folder: Path | None = None) -> Manifest:
    """Compares everything with the manifest; with a folder, it is there afterwards."""
    try:
        with zipfile.ZipFile(path) as archive:
            manifest = Manifest.of(archive.read(MANIFEST))
            if set(archive.namelist()) != {*manifest.files, MANIFEST}:
                raise Problem("The backup does not hold what its manifest says: it is damaged.")
            for name, digest in manifest.files.items():
                if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
                    raise Problem(f"The backup holds a file that lies outside of it: {name}.")
                with archive.open(name) as source:
                    if _copy(source, folder and folder / name) != digest:
                        raise Problem(f"{name} is not as it was when the backup was made: it is damaged.")
    except (zipfile.BadZipFile, EOFError, KeyError, TypeError, ValueError) as problem:
        raise Problem(f"{path.name} is no backup of this site, or it is damaged ({problem}).") from problem
    return manifest


def put(plain: Path, target: Path, recipient: str) -> None:
    """The finished file, for its owner alone, encrypted to a recipient of age if there is one, and opened again."""
    unfinished = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with plain.open("rb") as source, open(unfinished, "xb", opener=_private) as file:
            throwaway = pyrage.x25519.Identity.generate()
            if recipient:
                # The owner's identity is not here. To open the file again, it is closed to one more that is forgotten.
                pyrage.encrypt_io(source, file, [_recipient(recipient), throwaway.to_public()])
            else:
                shutil.copyfileobj(source, file, PART)
            file.flush()
            os.fsync(file.fileno())
        if recipient:
            again = Hashing()
            with unfinished.open("rb") as file:
                pyrage.decrypt_io(file, again, [throwaway])
            with plain.open("rb") as source:
                if again.digest.digest() != hashlib.file_digest(source, "sha256").digest():
                    raise Problem("The encrypted file does not give back what went into it.")
        else:
            unpack(unfinished)
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


def decrypted(file: Path, identities: Path | None, folder: Path) -> Path:
    """The file itself, or, where it is encrypted, what opens with the identities of age in another file."""
    with file.open("rb") as source:
        if source.read(len(ENCRYPTED)) != ENCRYPTED:
            return file
    if identities is None:
        raise Problem("The backup is encrypted: name the file with your identity of age, --identity FILE.")
    lines = [line.strip() for line in identities.read_text().splitlines()]
    plain = folder / "backup.zip"
    try:
        found = [pyrage.x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
        with file.open("rb") as source, open(plain, "xb", opener=_private) as target:
            pyrage.decrypt_io(source, target, found)
    except (pyrage.IdentityError, pyrage.DecryptError) as problem:
        raise Problem(f"{identities.name} does not open the backup ({problem}).") from problem
    return plain


class Hashing:
    """A file that keeps nothing of what is written into it but the sum."""

    def __init__(self) -> None:
        self.digest = hashlib.sha256()

    def write(self, part: bytes) -> int:
        self.digest.update(part)
        return len(part)

    def flush(self) -> None:
        """Nothing waits."""


def _copy(source: IO[bytes], target: Path | None) -> str:
    copy: Any = Hashing()
    if target is None:
        shutil.copyfileobj(source, copy, PART)
        return copy.digest.hexdigest()  # type: ignore[no-any-return]
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        while part := source.read(PART):
            copy.write(part)
            file.write(part)
    return copy.digest.hexdigest()  # type: ignore[no-any-return]


def _recipient(text: str) -> Any:
    try:
        return pyrage.x25519.Recipient.from_str(text)
    except pyrage.RecipientError as problem:
        raise Problem(f"BACKUP_RECIPIENT is no recipient of age, which begins with age1 ({problem}).") from problem


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
