"""The one way in: what staff pasted, and the files that they sent, as one document."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import PurePath

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from agenda.importing.reading.document import Cell, Document, together
from agenda.importing.reading.excel import read_excel
from agenda.importing.reading.gathering import Gathering
from agenda.importing.reading.html import read_html
from agenda.importing.reading.rows import Unreadable
from agenda.importing.reading.text import read_text
from agenda.importing.reading.upload import decoded
from agenda.importing.reading.word import read_word
from conference import limits

# Some editors leave single tags in the plain text that they copy: those make no page of it.
_HTML = re.compile(
    r"\A\s*<(?!(?:i|em|b|strong|u|span|br)\b)[a-z!]|<(?:table|tr|ul|ol|html|body|!doctype)\b[^<>]*>", re.IGNORECASE
)


def read_sources(text: str, files: "Sequence[UploadedFile[bytes]]") -> Document:
    """Raises Unreadable, with the reason in words; of several files with the name of the file."""
    documents = [(file.name or "", _named(file, len(files) > 1 or bool(text.strip()))) for file in files]
    if text.strip():
        documents.insert(0, ("", read_pasted(text)))
    return documents[0][1] if len(documents) == 1 else together(documents)


def read_pasted(text: str) -> Document:
    found = Gathering()
    if _HTML.search(text):
        read_html(text, found)
    else:
        read_text(text, found)
    return found.document()


def read_file(name: str, content: bytes) -> Document:
    ending, found = PurePath(name).suffix.lower(), Gathering()
    if ending not in _READERS:
        raise Unreadable(_("Send a file that ends in .docx, .xlsx, .csv, .html or .json."))
    try:
        _READERS[ending](content, found)
    except Unreadable:
        raise
    except Exception as error:
        # The libraries raise whatever their parsers raise; a damaged file is no fault of the site.
        raise Unreadable(
            _("This file is damaged or is not what its name says. Save it anew and send it again.")
        ) from error
    return found.document()


def _named(file: "UploadedFile[bytes]", is_one_of_several: bool) -> Document:
    try:
        if file.size is None or file.size > limits.FILE:
            raise Unreadable(_("This file is larger than 2 MB. Send one with the agenda only, without pictures."))
        return read_file(file.name or "", file.read())
    except Unreadable as error:
        if is_one_of_several:
            raise Unreadable(f"{file.name}: {error}") from error
        raise


def _rows(rows: Iterable[list[str]], found: Gathering) -> None:
    found.table((number, map(Cell, cells, range(len(cells)))) for number, cells in enumerate(rows, start=1))


def _csv(content: bytes, found: Gathering) -> None:
    text = decoded(content).replace("\x00", "")
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    _rows(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), found)


def _html(content: bytes, found: Gathering) -> None:
    read_html(decoded(content), found)


def _text(content: bytes, found: Gathering) -> None:
    read_text(decoded(content), found)


_READERS: dict[str, Callable[[bytes, Gathering], None]] = {
    ".docx": read_word,
    ".xlsx": read_excel,
    ".csv": _csv,
    ".tsv": _csv,
    ".html": _html,
    ".htm": _html,
    ".txt": _text,
}
