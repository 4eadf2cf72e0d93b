"""The one way in: what staff pasted, and the files that they sent, as one document."""

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from pathlib import PurePath

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agenda.importing.reading.calc import read_calc
from agenda.importing.reading.delimited import read_delimited
from agenda.importing.reading.document import Document, together
from agenda.importing.reading.excel import read_excel
from agenda.importing.reading.gathering import Gathering
from agenda.importing.reading.html import read_html
from agenda.importing.reading.letters import decoded, put_right
from agenda.importing.reading.markdown import is_markdown, read_markdown
from agenda.importing.reading.opendocument import read_text_document
from agenda.importing.reading.rows import Unreadable
from agenda.importing.reading.text import read_text
from agenda.importing.reading.word import read_word
from conference.files import limits

# Some editors leave single tags in the plain text that they copy: those make no page of it.
_HTML = re.compile(
    r"\A\s*<(?!(?:i|em|b|strong|u|span|br)\b)[a-z!]|<(?:table|tr|ul|ol|html|body|!doctype)\b[^<>]*>", re.IGNORECASE
)
_AS_DOCX = gettext_lazy("Open it in Word, LibreOffice or Google Docs, save it as .docx, and send that.")
_AS_XLSX = gettext_lazy("Open it in Excel, LibreOffice or Google Sheets, save it as .xlsx, and send that.")
_NO_PDF = gettext_lazy(
    "A PDF does not say which words stand in one row. Send the Word or Excel file that it was made from, or copy the "
    "table out of it and paste it."
)
_NO_PICTURE = gettext_lazy("Words in a picture are not read. Send the Word or Excel file, or type the table.")
_REFUSED = dict.fromkeys([".doc", ".dot", ".docm", ".rtf", ".pages", ".wps", ".ppt", ".pptx", ".odp"], _AS_DOCX)
_REFUSED |= dict.fromkeys([".xls", ".xlsb", ".xlsm", ".xlt", ".et", ".numbers", ".gnumeric", ".fods"], _AS_XLSX)
_REFUSED |= {".pdf": _NO_PDF} | dict.fromkeys([".png", ".jpg", ".jpeg", ".gif", ".webp", ".heic", ".tif"], _NO_PICTURE)
_OFFICE = (".docx", ".xlsx", ".odt", ".ods")
_OLD_OFFICE, _ARCHIVE = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"


def read_sources(text: str, files: "Sequence[UploadedFile[bytes]]") -> Document:
    """Raises Unreadable, with the reason in words; of several files with the name of the file."""
    documents = [(file.name or "", _named(file, len(files) > 1 or bool(text.strip()))) for file in files]
    if text.strip():
        documents.insert(0, ("", read_pasted(text)))
    return documents[0][1] if len(documents) == 1 else together(documents)


def read_pasted(text: str) -> Document:
    found = Gathering()
    text = _put_right(text, found)
    is_page = bool(_HTML.search(text)) and (text.lstrip().startswith("<") or not is_markdown(text))
    (read_html if is_page else read_text)(text, found)
    return found.document()


def read_file(name: str, content: bytes) -> Document:
    """By what is in it, not by its name: a page is often called .xls, so that Excel opens it."""
    found = Gathering()
    ending = PurePath(name).suffix.lower()
    try:
        if content.startswith(_ARCHIVE):
            _reader_of(content, ending)(content, found)
        elif ending in _OFFICE:
            said = _("This file is protected with a password, or it is of an old kind. Save it anew and send that.")
            raise Unreadable(said if content.startswith(_OLD_OFFICE) else _damaged())
        elif ending in _TEXTS or (ending in (".xls", ".doc") and _HTML.match(decoded(content)[0])):
            _read_letters(ending, content, found)
        else:
            raise Unreadable(_refusal(ending))
    except Unreadable:
        raise
    except Exception as error:
        # Parsers raise whatever they raise; a damaged file is no fault of the site.
        raise Unreadable(_damaged()) from error
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


def _reader_of(content: bytes, ending: str) -> Callable[[bytes, Gathering], None]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        kind = archive.read("mimetype")[:100] if "mimetype" in names else b""
    if any(name.endswith("vbaProject.bin") for name in names):
        raise Unreadable(_refusal(".xlsm" if ending.startswith(".x") else ".docm"))
    if b"opendocument.spreadsheet" in kind:
        return read_calc
    if b"opendocument.text" in kind:
        return read_text_document
    if any(name.startswith("xl/") for name in names):
        return read_excel
    if any(name.startswith("word/") for name in names):
        return read_word
    pages = [name for name in names if name.lower().endswith((".html", ".htm"))]
    if len(pages) == 1:  # Google Docs packs a page that it saves together with its pictures
        return _packed_page(pages[0])
    raise Unreadable(_damaged() if ending in _OFFICE else _refusal(ending))


def _packed_page(name: str) -> Callable[[bytes, Gathering], None]:
    def read(content: bytes, found: Gathering) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if archive.getinfo(name).file_size > limits.FILE:
                raise Unreadable(_("This file is too large inside. Send one with the agenda only."))
            _read_letters(".html", archive.read(name), found)

    return read


def _read_letters(ending: str, content: bytes, found: Gathering) -> None:
    text, guessed = decoded(content)
    text = _put_right(text.replace("\x00", ""), found)
    if guessed:
        said = _(
            "The file does not say which alphabet its letters are of: it is read as %(name)s. If letters are wrong, "
            "save it as UTF-8 and send it again."
        )
        found.leave_out("", "", said % {"name": guessed})
    if ending not in (".csv", ".tsv", ".md", ".markdown") and _HTML.search(text):
        read_html(text, found)
    else:
        _TEXTS.get(ending, read_text)(text, found)


def _put_right(text: str, found: Gathering) -> str:
    right = put_right(text)
    if right != text:
        said = _(
            "Letters were garbled, because a program took them for another script. They are put right: look at them."
        )
        found.leave_out("", "", said)
    return right


def _refusal(ending: str) -> str:
    kinds = _("Send a file that ends in .docx, .xlsx, .odt, .ods, .csv, .html, .md or .txt.")
    return f"{_('This kind of file is not read.')} {_REFUSED[ending]}" if ending in _REFUSED else kinds


def _damaged() -> str:
    return _("This file is damaged or is not what its name says. Save it anew and send it again.")


_TEXTS: dict[str, Callable[[str, Gathering], None]] = {
    ".csv": read_delimited,
    ".tsv": read_delimited,
    ".html": read_html,
    ".htm": read_html,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".txt": read_text,
}
ENDINGS = (*_OFFICE, *_TEXTS)  # of files that are read
