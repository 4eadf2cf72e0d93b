"""Files of LibreOffice: texts (.odt) and spreadsheets (.ods). What they share, and the texts."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from agenda.importing.reading.flow import BOLD, ITALIC, FlowCell, FlowRow, FlowTable, Note, Place, put
from agenda.importing.reading.gathering import Gathering
from agenda.importing.reading.package import Package, attribute, child, local
from agenda.importing.reading.within import check_depth
from conference.files import limits

_DEEPEST = 20  # styles that are based on styles
_OPENED = {
    "a", "body", "index-body", "index-title", "list", "list-header", "meta", "meta-field", "numbered-paragraph",
    "ruby", "ruby-base", "section", "text",
}  # fmt: skip
_MARKS = [(("font-style", "font-style-complex"), ITALIC), (("font-weight", "font-weight-complex"), BOLD)]
_INDEXES = {"table-of-content", "illustration-index", "table-index", "alphabetical-index", "bibliography"}
_FIELDS = {"annotation", "annotation-end", "note", "frame", "tracked-changes", "soft-page-break", "ruby-text"}


@dataclass(frozen=True)
class Look:
    emphasis: int = 0
    is_struck: bool = False
    is_hidden: bool = False


class Styles:
    """How the styles of a file look, each on top of the one that it is based on."""

    def __init__(self, package: Package, content: Any) -> None:
        roots = [content]
        if "styles.xml" in package.names:
            roots.insert(0, package.xml("styles.xml"))
        self._styles: dict[tuple[str, str], Any] = {}
        for root in roots:
            for part in root:
                if local(part) in ("styles", "automatic-styles"):
                    for style in part:
                        if local(style) == "style":
                            key = (attribute(style, "family") or "", attribute(style, "name") or "")
                            self._styles[key] = style

    def look(self, family: str, name: str | None, above: Look, depth: int = 0) -> Look:
        style = self._styles.get((family, name or ""))
        if style is None or depth > _DEEPEST:
            return above
        look = self.look(family, attribute(style, "parent-style-name"), above, depth + 1)
        for part in style:
            if local(part) == "text-properties":
                look = _with(part, look)
        return look

    def is_shown(self, name: str | None) -> bool:
        """Of a sheet, by its style."""
        properties = child(self._styles.get(("table", name or "")), "table-properties")
        return properties is None or attribute(properties, "display") != "false"


def _with(properties: Any, look: Look) -> Look:
    said = {key.rpartition("}")[2]: value for key, value in properties.attrib.items()}
    emphasis = look.emphasis
    for names, mark in (
        (("font-style", "font-style-complex"), ITALIC),
        (("font-weight", "font-weight-complex"), BOLD),
    ):
        values = [said[name] for name in names if name in said]
        if values:
            is_on = any(value in ("italic", "oblique", "bold", "600", "700", "800", "900") for value in values)
            emphasis = emphasis | mark if is_on else emphasis & ~mark
    struck = said.get("text-line-through-style") or said.get("text-line-through-type")
    return Look(
        emphasis,
        look.is_struck if struck is None else struck != "none",
        look.is_hidden or said.get("display") == "none",
    )


def read_text_document(content: bytes, found: Gathering) -> None:
    with Package(content) as package:
        root = package.xml("content.xml")
        document = TextReader(Styles(package, root), found)
        place = Place()
        document.blocks(child(child(root, "body"), "text"), place)
        place.end_line()
        put(document.remarks + place.flow, found)


class TextReader:
    """Paragraphs and what stands in them; a spreadsheet has them in its cells."""

    def __init__(self, styles: Styles, found: Gathering) -> None:
        self.styles, self.found = styles, found
        self.remarks: list[Note] = []
        self._depth = 0  # of tables in tables

    def blocks(self, parent: Any, place: Place, *, is_item: bool = False) -> None:
        for element in parent:
            name = local(element)
            if name in ("p", "h"):
                self.found.still_within()
                self.paragraph(element, place, is_item=is_item)
                is_item = False
            elif name == "table":
                place.end_line()
                place.flow.append(self._table(element))
            elif name in ("list-item", "list-header"):
                self.blocks(element, place, is_item=name == "list-item")
            elif name == "section" and attribute(element, "display") == "none":
                place.leave_out(plain(element), _("It is hidden."))
            elif name in _INDEXES:
                place.leave_out(plain(element), _("It is a table of contents: it is not read."))
            elif name == "tracked-changes":
                self._tracked(element)
            elif name in _OPENED:
                self.blocks(element, place)
            elif name == "frame":
                self._frame(element, place)

    def paragraph(self, element: Any, place: Place, look: Look | None = None, *, is_item: bool = False) -> None:
        level = attribute(element, "outline-level") or "" if local(element) == "h" else ""
        place.line.level = int(level) if level.isascii() and level.isdigit() and len(level) == 1 else 0
        place.line.bullet = is_item
        above = self.styles.look("paragraph", attribute(element, "style-name"), look or Look())
        self._words(element, above, place)
        place.end_line()
        place.line.level, place.line.bullet = 0, False

    def _words(self, parent: Any, look: Look, place: Place) -> None:
        self._say(parent.text or "", look, place)
        for element in parent:
            name = local(element)
            if name == "s":
                self._say(" ", look, place)
            elif name == "tab":
                self._say("\t", look, place)
            elif name == "line-break":
                self._say("\n", look, place)
            elif name == "frame":
                self._frame(element, place)
            elif name == "note":
                place.leave_out(plain(child(element, "note-body")), _("It is a footnote: it is not read."))
            elif name == "annotation":
                place.leave_out(plain(element), _("It is a comment: it is not read."))
            elif name == "hidden-text":
                place.pass_over("".join(element.itertext()), _("It is hidden."))
            elif name not in _FIELDS:
                style = attribute(element, "style-name") if name == "span" else None
                self._words(element, self.styles.look("text", style, look), place)
            self._say(element.tail or "", look, place)

    @staticmethod
    def _say(text: str, look: Look, place: Place) -> None:
        if text:
            place.say_as_it_looks(text, look.emphasis, is_struck=look.is_struck, is_hidden=look.is_hidden)

    def _frame(self, frame: Any, place: Place) -> None:
        for part in frame:
            if local(part) == "text-box":
                place.leave_out(plain(part), _("It stands in a text box: text boxes are not read."))
            elif local(part) == "image":
                said = _("There are pictures in it: words in a picture are not read.")
                if Note("", said) not in self.remarks:
                    self.remarks.append(Note("", said))

    def _tracked(self, element: Any) -> None:
        said = _("Changes are tracked in this document and not accepted yet: it is read as if all were accepted.")
        changes = [change for region in element for change in region]
        if changes:
            self.remarks.append(Note("", said))
        for change in changes:
            if local(change) == "deletion" and plain(change).strip():
                self.remarks.append(Note(plain(change), _("It is deleted, with changes tracked.")))

    def _table(self, element: Any) -> FlowTable:
        self._depth += 1
        check_depth(self._depth)
        table = FlowTable()
        taken: dict[int, int] = {}  # column -> in how many rows, this one counted, a merged cell stands there
        for number, row in enumerate(rows_of(element), start=1):
            made, column = FlowRow(number), 0
            taken = {at: rows - 1 for at, rows in taken.items() if rows > 1}
            for cell in row:
                name = local(cell)
                if name not in ("table-cell", "covered-table-cell"):
                    continue
                if name == "table-cell":
                    inside = Place()
                    self.blocks(cell, inside)
                    inside.end_line()
                    wide, high = count(cell, "number-columns-spanned"), count(cell, "number-rows-spanned")
                    while column in taken:  # pandoc leaves out the cells that are covered by merged ones
                        column += 1
                    taken |= dict.fromkeys(range(column, min(column + wide, limits.COLUMNS)), high)
                    made.cells.append(FlowCell(inside.flow, min(column, limits.COLUMNS), wide, high))
                column += count(cell, "number-columns-repeated")
            table.rows.append(made)
        self._depth -= 1
        return table


def rows_of(table: Any) -> Any:
    """The rows of a table, also those of groups and of the heading that each page repeats."""
    for element in table:
        name = local(element)
        if name == "table-row":
            yield element
        elif name in ("table-header-rows", "table-rows", "table-row-group"):
            yield from rows_of(element)


def count(element: Any, name: str) -> int:
    said = attribute(element, name) or "1"
    return max(int(said), 1) if said.isascii() and said.isdigit() and len(said) < 9 else 1


def plain(element: Any) -> str:
    """The words of its paragraphs; a comment also says when it was made."""
    paragraphs = element.iter("{*}p", "{*}h") if element is not None else ()
    return " ".join(" ".join("".join(paragraph.itertext()).split()) for paragraph in paragraphs)
