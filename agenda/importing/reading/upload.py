"""A file as the text that stands in the box: staff who send a file see what was read, and may correct it there."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import PurePath
from typing import IO

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from agenda.importing.reading.docx_table import read_docx
from agenda.importing.reading.rows import Unreadable, as_text
from agenda.importing.reading.within import within_limits
from agenda.importing.reading.xlsx_table import read_xlsx
from conference import limits

ENDINGS = (".docx", ".xlsx", ".csv", ".tsv", ".txt", ".html", ".htm", ".json", ".xml", ".ics")


def text_of_upload(file: "UploadedFile[bytes]") -> str:
    """Raises Unreadable, with the reason in words."""
    ending = PurePath(file.name or "").suffix.lower()
    if ending not in ENDINGS:
        raise Unreadable(_("Send a file that ends in .docx, .xlsx, .csv, .html or .json."))
    if file.size is None or file.size > limits.FILE:
        raise Unreadable(_("This file is larger than 2 MB. Send one with the agenda only, without pictures."))
    content = file.read()
    if ending == ".docx":
        return _office(read_docx, content)
    if ending == ".xlsx":
        return _office(read_xlsx, content)
    text = decoded(content).replace("\x00", "")  # the box takes none
    if ending != ".csv":
        return text
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    try:
        return as_text(within_limits(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)))
    except csv.Error as error:
        raise Unreadable(_("This file cannot be read as CSV.")) from error


def _office(read: Callable[[IO[bytes]], Iterator[list[str]]], content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if is_too_large(archive):
                raise Unreadable(_("This file is too large inside. Send one with the agenda only."))
        return as_text(within_limits(read(io.BytesIO(content))))
    except Unreadable:
        raise
    except Exception as error:
        # The two libraries raise whatever their parsers raise; a damaged file is no fault of the site.
        raise Unreadable(
            _("This file is damaged or is not what its name says. Save it anew and send it again.")
        ) from error


def is_too_large(archive: zipfile.ZipFile) -> bool:
    """A small file may unpack to gigabytes, or to millions of empty cells, or its XML may define entities, which no
    office program writes.
    """
    parts = archive.infolist()
    if len(parts) > limits.PARTS or sum(part.file_size for part in parts) > limits.UNPACKED:
        return True
    tags = 0
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            xml = archive.read(part).replace(b"\x00", b"")
            tags += xml.count(b"<")
            if tags > limits.TAGS or b"<!DOCTYPE" in xml:
                return True
    return False


def decoded(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
