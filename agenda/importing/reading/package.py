"""The files of Word, Excel and LibreOffice: archives of XML. Opened only within the limits; no macro is ever run."""

import io
import zipfile
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from agenda.importing.reading.rows import Unreadable
from conference.files import limits


class Package:
    """Raises whatever `zipfile` and lxml raise for a damaged file."""

    def __init__(self, content: bytes) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(content))
        self.names = set(self._archive.namelist())
        self._tags = self._attributes = 0
        if _unpacks_too_large(self._archive):
            self._archive.close()
            raise _too_large()

    def __enter__(self) -> "Package":
        return self

    def __exit__(self, *_error: object) -> None:
        self._archive.close()

    def xml(self, name: str) -> Any:
        """The root of a part. No office program defines entities, with which a small part may become a large one."""
        content = self._archive.read(name)
        plain = _without_nul(content)
        self._tags += plain.count(b"<")
        self._attributes += plain.count(b"=")
        if self._tags > limits.TAGS or self._attributes > limits.TAGS // 2 or b"<!DOCTYPE" in plain:
            raise _too_large()
        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
        return etree.fromstring(content, parser)

    def related(self, name: str) -> dict[str, str]:
        """{id or type: the part that it names} for a part of Word or Excel."""
        folder, _slash, file = name.rpartition("/")
        relations = f"{folder}/_rels/{file}.rels".lstrip("/")
        found: dict[str, str] = {}
        if relations not in self.names:
            return found
        for relation in self.xml(relations):
            target, kind = relation.get("Target", ""), relation.get("Type", "").rpartition("/")[2]
            path = target.lstrip("/") if target.startswith("/") or not folder else f"{folder}/{target}"
            found[relation.get("Id", "")] = path
            found.setdefault(kind, path)
        return found


def local(element: Any) -> str:
    """The name without its namespace: the two kinds of Office files differ in nothing else."""
    tag: str = element.tag
    return tag.rpartition("}")[2]


def attribute(element: Any, name: str) -> str | None:
    """By its local name."""
    value: str | None = element.get(name)
    if value is None:
        value = next((given for key, given in element.attrib.items() if key.endswith("}" + name)), None)
    return value


def child(parent: Any, name: str) -> Any:
    """The first child of this name, or None; also of no parent."""
    return next((one for one in parent if local(one) == name), None) if parent is not None else None


def children(parent: Any, name: str) -> list[Any]:
    """What stands in the first child of this name."""
    found = child(parent, name)
    return [] if found is None else list(found)


def value(parent: Any, name: str) -> str | None:
    """What Word calls the value of a child."""
    found = child(parent, name)
    return attribute(found, "val") if found is not None else None


def is_too_large(archive: zipfile.ZipFile) -> bool:
    """For a library that opens all of an archive by itself: a small file may unpack to gigabytes, or to millions of
    empty cells, or its XML may define entities, which no office program writes.
    """
    if _unpacks_too_large(archive):
        return True
    tags = 0
    for name in archive.namelist():
        if name.endswith((".xml", ".rels")):
            plain = _without_nul(archive.read(name))
            tags += plain.count(b"<")
            if tags > limits.TAGS or b"<!DOCTYPE" in plain:
                return True
    return False


def _unpacks_too_large(archive: zipfile.ZipFile) -> bool:
    parts = archive.infolist()
    return len(parts) > limits.PARTS or sum(part.file_size for part in parts) > limits.UNPACKED


def _without_nul(content: bytes) -> bytes:
    """So that what is looked for in it is found in UTF-16 too."""
    return content.replace(b"\x00", b"")


def _too_large() -> Unreadable:
    return Unreadable(_("This file is too large inside. Send one with the agenda only."))
