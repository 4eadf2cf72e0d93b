"""Word documents (.docx), as Word, LibreOffice, Google Docs and WPS write them.

Read from the XML itself: python-docx leaves out tracked insertions, the words of links, and all that stands in a
content control.
"""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from agenda.importing.reading.flow import FlowCell, FlowRow, FlowTable, Note, Place, put
from agenda.importing.reading.gathering import Gathering
from agenda.importing.reading.package import Package, attribute, child, local
from agenda.importing.reading.within import check_depth
from agenda.importing.reading.word_lists import Lists
from agenda.importing.reading.word_styles import Look, Styles
from conference.files import limits

_OPENED = {"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink", "fldSimple", "bdo", "dir"}
_DELETED = {"del", "moveFrom"}
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def read_word(content: bytes, found: Gathering) -> None:
    with Package(content) as package:
        document = _Document(package, found)
        place = Place()
        document.blocks(child(document.root, "body"), place)
        place.end_line()
        put(document.remarks() + place.flow, found)
        for where, text in _outside(package):
            found.leave_out(where, text, _("It stands outside the text: it is not read."))


class _Document:
    def __init__(self, package: Package, found: Gathering) -> None:
        self.found = found
        name = package.related("")["officeDocument"]
        related = package.related(name)
        self.styles = Styles(package.xml(related["styles"]) if related.get("styles") in package.names else None)
        self.lists = Lists(package.xml(related["numbering"]) if related.get("numbering") in package.names else None)
        self.root = package.xml(name)
        self.is_tracked = self.has_pictures = False
        self.depth = 0  # of tables in tables

    def remarks(self) -> list[Note]:
        notes = []
        if self.is_tracked:
            said = _("Changes are tracked in this document and not accepted yet: it is read as if all were accepted.")
            notes.append(Note("", said))
        if self.has_pictures:
            notes.append(Note("", _("There are pictures in it: words in a picture are not read.")))
        return notes

    def blocks(self, parent: Any, place: Place) -> None:
        """Paragraphs and tables, wherever they stand in the part: also in the controls of a form."""
        for element in parent:
            name = local(element)
            if name == "p":
                self.found.still_within()
                self._paragraph(element, place)
            elif name == "tbl":
                place.end_line()
                place.flow.append(self._table(element))
            elif name in _DELETED:
                self._deleted(element, place)
            elif name == "sdt" and _is_placeholder(element):
                place.leave_out(_text(element), _("It is the placeholder of a form."))
            elif name in _OPENED:
                self.is_tracked |= name in ("ins", "moveTo")
                self.blocks(element, place)
            elif name == "altChunk":
                place.leave_out("…", _("A document inside the document is not read."))

    def _paragraph(self, element: Any, place: Place) -> None:
        properties = child(element, "pPr")
        style = self.styles.of_paragraph(properties)
        place.line.level = max(place.line.level, style.level)
        item = self.lists.item(properties, style.numbering)
        if item is not None:
            place.line.bullet = not style.level
            if item:
                place.say(f"{item} ")
        self._words(element, style.look, place)
        marks = child(properties, "rPr")
        self.is_tracked |= child(marks, "ins") is not None
        if child(marks, "del") is not None:
            self.is_tracked = True  # the end of the paragraph is deleted: the next one goes on in this line
        else:
            place.end_line()
            place.line.level, place.line.bullet = 0, False

    def _words(self, parent: Any, look: Look, place: Place) -> None:
        for element in parent:
            name = local(element)
            if name == "r":
                self._run(element, look, place)
            elif name in _DELETED:
                self._deleted(element, place)
            elif name == "sdt" and _is_placeholder(element):
                place.pass_over(_text(element), _("It is the placeholder of a form."))
            elif name in _OPENED:
                self.is_tracked |= name in ("ins", "moveTo")
                self._words(element, look, place)
            elif name in ("oMath", "oMathPara"):
                place.say("".join(text.text or "" for text in element.iter() if local(text) == "t"))

    def _run(self, run: Any, above: Look, place: Place) -> None:
        look, text = above, ""
        for element in run:
            name = local(element)
            if name == "rPr":
                look = self.styles.of_run(element, above)
            elif name == "t":
                text += element.text or ""
            elif name in _SIGNS:
                text += _SIGNS[name]
            elif name == "ruby":
                self._words(child(element, "rubyBase"), look, place)
            elif name in ("drawing", "pict", "object", "AlternateContent"):
                self._drawn(element, place)
        if text:
            emphasis = look.emphasis(text)
            place.say_as_it_looks(text, emphasis, is_struck=look.is_struck, is_hidden=look.is_hidden)

    def _drawn(self, drawing: Any, place: Place) -> None:
        """Words in a text box float over the page: where they belong, only the eye sees."""
        chosen = child(drawing, "Choice")  # Word writes each drawing twice, for old programs too
        for part in (drawing if chosen is None else chosen).iter():
            name = local(part)
            if name == "txbxContent":
                place.leave_out(_text(part), _("It stands in a text box: text boxes are not read."))
            self.has_pictures |= name in ("blip", "imagedata")

    def _deleted(self, element: Any, place: Place) -> None:
        self.is_tracked = True
        place.pass_over(_text(element), _("It is deleted, with changes tracked."))

    def _table(self, element: Any) -> FlowTable:
        self.depth += 1
        check_depth(self.depth)
        table = FlowTable()
        above: dict[int, FlowCell] = {}  # column -> the cell that is merged downwards there
        for number, row in enumerate(self._inside(element, "tr"), start=1):
            self.found.still_within()
            made, above = self._row(row, number, above)
            table.rows.append(made)
        self.depth -= 1
        return table

    def _row(self, row: Any, number: int, above: dict[int, FlowCell]) -> tuple[FlowRow, dict[int, FlowCell]]:
        made = FlowRow(number)
        properties = child(row, "trPr")
        self.is_tracked |= child(properties, "ins") is not None
        if child(properties, "del") is not None:
            self.is_tracked = True
            made.notes.append(Note(_text(row), _("It is deleted, with changes tracked.")))
            return made, above
        if _is_on(child(properties, "hidden")):
            made.notes.append(Note(_text(row), _("It is hidden.")))
            return made, above
        column, below = _number(child(properties, "gridBefore")), {}
        for cell in self._inside(row, "tc"):
            settings = child(cell, "tcPr")
            wide, merge = max(_number(child(settings, "gridSpan")), 1), child(settings, "vMerge")
            inside = Place()
            self.blocks(cell, inside)
            inside.end_line()
            if merge is not None and attribute(merge, "val") in (None, "continue") and column in above:
                below[column] = above[column]
                above[column].rows = number - above[column].row + 1
                self._covered(inside, made)
            else:
                placed = FlowCell(inside.flow, min(column, limits.COLUMNS), wide, row=number)
                made.cells.append(placed)
                if merge is not None:
                    below[column] = placed
            column += wide
        return made, below

    @staticmethod
    def _covered(inside: Place, row: FlowRow) -> None:
        for item in inside.flow:
            if isinstance(item, Note):
                row.notes.append(item)
            elif not isinstance(item, FlowTable) and item.text.strip():
                row.notes.append(Note(item.text, _("It stands in a cell that is merged with the one above it.")))

    def _inside(self, parent: Any, wanted: str) -> Iterator[Any]:
        """The rows of a table, or the cells of a row: also those in a content control."""
        for element in parent:
            name = local(element)
            if name == wanted:
                yield element
            elif name in _OPENED:
                yield from self._inside(element, wanted)


def _outside(package: Package) -> Iterator[tuple[str, str]]:
    """What stands on the margins of the pages, said once: a page number is no loss."""
    words = {
        "header": _("header"),
        "footer": _("footer"),
        "footnotes": _("footnote"),
        "endnotes": _("footnote"),
        "comments": _("comment"),
    }
    for name in sorted(package.names):
        folder, _slash, file = name.rpartition("/")
        kind = file.removesuffix(".xml").rstrip("0123456789")
        if folder != "word" or kind not in words or not file.endswith(".xml"):
            continue
        root = package.xml(name)
        parts = root if kind in ("footnotes", "endnotes", "comments") else [root]
        for part in parts:
            text = _text(part)
            if any(letter.isalpha() for letter in text):
                yield words[kind], text


def _is_placeholder(control: Any) -> bool:
    return _is_on(child(child(control, "sdtPr"), "showingPlcHdr"))


def _is_on(setting: Any) -> bool:
    return setting is not None and attribute(setting, "val") not in ("0", "false", "off")


def _number(setting: Any) -> int:
    said = (attribute(setting, "val") or "") if setting is not None else ""
    return min(int(said), limits.COLUMNS + 1) if said.isascii() and said.isdigit() else 0


def _text(element: Any) -> str:
    pieces = []
    for part in element.iter():
        name = local(part)
        if name in ("t", "delText"):
            pieces.append(part.text or "")
        elif name in ("p", "tab", "br"):
            pieces.append(" ")
    return "".join(pieces)
