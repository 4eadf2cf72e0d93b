"""Slides and other materials of a session, as a part of the programme."""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import PurePath
from urllib.parse import urlsplit

from django.core.files.storage import default_storage
from django.utils.functional import Promise

from agenda.choices import LICENCE_TEXTS, Licence
from agenda.models import Material as MaterialRow
from conference.files.documents import NAMES
from conference.language.translated import NO_TEXT, Text
from conference.models import Edition, Language


@dataclass(frozen=True)
class Material:
    title: Text = NO_TEXT
    languages: tuple[str, ...] = ()
    file: str = ""  # its name among the files of the site; else there is a link
    url: str = ""
    size: int = 0  # bytes, of a file
    licence: str = ""

    @property
    def address(self) -> str:
        return default_storage.url(self.file) if self.file else self.url

    @property
    def kind(self) -> str:
        """PDF or PowerPoint; of a link, the site to which it leads."""
        ending = PurePath(self.file).suffix
        return NAMES.get(ending, ending[1:].upper()) if self.file else (urlsplit(self.url).hostname or "")

    @property
    def licence_label(self) -> str | Promise:
        """Of a licence that a later state of the site has written, and that is not known here, nothing is said."""
        return Licence(self.licence).label if self.licence in Licence.values else ""

    @property
    def licence_address(self) -> str:
        return LICENCE_TEXTS.get(self.licence, "")

    @property
    def language_labels(self) -> list[str | Promise]:
        return [language.label for language in Language if language in self.languages]


def of_sessions(edition: Edition) -> dict[int, tuple[Material, ...]]:
    """By the key of the session. One query."""
    found: dict[int, list[Material]] = defaultdict(list)
    for row in MaterialRow.objects.filter(session__day__edition=edition):
        languages, file = tuple(row.languages), row.file.name or ""
        found[row.session_id].append(Material(row.title, languages, file, row.url, row.size, row.licence))
    return {key: tuple(materials) for key, materials in found.items()}
