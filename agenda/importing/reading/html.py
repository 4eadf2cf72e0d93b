"""HTML: a page, what Word, LibreOffice and Google Docs save as one, or what was copied out of it."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from lxml import etree

from agenda.importing.reading.flow import (
    BOLD,
    ITALIC,
    PLAIN,
    Flow,
    FlowCell,
    FlowRow,
    FlowTable,
    Line,
    Note,
    Place,
    put,
)
from agenda.importing.reading.gathering import Gathering
from agenda.importing.reading.rows import Unreadable
from agenda.importing.reading.within import check_depth
from conference.files import limits

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LINES = {
    *_HEADINGS, "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "head", "header", "hr", "html", "legend", "li", "main",
    "menu", "nav", "ol", "option", "p", "pre", "section", "summary", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
}  # fmt: skip
# No browser shows these as text. The head is none of them: the parser puts into it what stands behind a tag that it
# does not know, and Google Sheets begins its tables with such a tag.
_UNSEEN = {
    "audio", "iframe", "noscript", "object", "rp", "script", "style", "svg", "template", "title", "video", "xml",
}  # fmt: skip
_DELETED = {"del", "s", "strike"}
_EMPHASIS = {"b": BOLD, "strong": BOLD, "th": BOLD, "i": ITALIC, "em": ITALIC, "cite": ITALIC} | dict.fromkeys(
    _HEADINGS, BOLD
)
_SELECTOR = re.compile(r"\s*(?:[a-z0-9]+)?(?:\.[\w-]+)?\s*", re.IGNORECASE)
_DECLARATION = re.compile(
    r"(font-style|font-weight|text-decoration(?:-line)?|display|visibility|white-space|mso-\w+)\s*:\s*([^;]+)"
)
# The number or dot that Word writes in front of an item of a list.
_TAGS = 5  # in a cell, opening and closing ones: Word writes about as many
_ATTRIBUTES = 1000  # of one tag: for twice as many the parser takes four times as long
_WHOLE_TAG = re.compile(
    r"""[a-z][^\s<>/]*(?:\s+[^\s"'<>=/]+(?:\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>=`]+))?)*+\s*/?>""", re.IGNORECASE
)
_VALUE = re.compile(r""""[^"]*"|'[^']*'""")
_TO_A_SHEET = re.compile(r"#table\d+")  # the list of sheets that LibreOffice writes over them
_SPACES = re.compile(r"[ \t\n\r\f]+")
_FEWEST_FACTS = 3
_PIECES = {"a", "b", "em", "i", "small", "span", "strong", "time"}
_NAMED = re.compile(
    r"(?!(?:[csp]\d+\b|Apple-|font|Mso))[a-z][\w -]*", re.IGNORECASE
)  # not "c1", as programs name styles
_MARKER = re.compile(r"\W*\w{0,4}\W*")


class _Style(NamedTuple):
    emphasis: int = 0
    is_struck: bool = False
    is_hidden: bool = False
    keeps_breaks: bool = False
    is_marker: bool = False


class _Said(NamedTuple):
    """What a tag and its attributes say; what they do not mention stays as above."""

    sets: int = 0
    clears: int = 0
    is_struck: bool = False
    is_hidden: bool = False
    keeps_breaks: bool | None = None
    is_marker: bool = False


def read_html(source: str, found: Gathering) -> None:
    if source.count("<") > _TAGS * limits.CELLS or _has_too_many_attributes(source):
        raise Unreadable(_("This file is too large inside. Send one with the agenda only."))
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    root = etree.fromstring(source.encode("utf-8", "replace"), parser) if source.strip() else None
    # The parser drops all that comes after such a place, and only its log tells.
    if any("depth" in entry.message for entry in parser.error_log):
        raise Unreadable(_("This page is nested too deep. Copy only the table into a new document and send that."))
    if root is None:
        return
    # What was copied out of the middle of a table: browsers leave it as it is.
    _wrap(root, ("td", "th"), ("tr",), "tr")
    _wrap(root, ("tr",), ("table", "tbody", "thead", "tfoot"), "table")
    page = _Page(root, found)
    put(page.read(), found)


def _has_too_many_attributes(source: str) -> bool:
    """Where a tag is not written well, all up to the next one may be attributes."""
    for piece in source.split("<")[1:]:
        if len(piece) > 2 * _ATTRIBUTES:
            tag = _WHOLE_TAG.match(piece)
            attributes = _VALUE.sub(" ", tag[0]) if tag else piece
            if len(re.split(r"[\s/=]+", attributes)) > 2 * _ATTRIBUTES:
                return True
    return False


class _Page:
    def __init__(self, root: Any, found: Gathering) -> None:
        self.root, self.found = root, found
        self.pictures = 0
        self.depth = 0  # of tables in tables
        self.rules = _rules("\n".join("".join(style.itertext()) for style in root.iter("style")))
        self.known: dict[tuple[str, str, str], _Said] = {}  # what a tag says with such attributes

    def read(self) -> Flow:
        place = Place()
        self._take(self.root, _Style(), place)
        place.end_line()
        if self.pictures:
            place.flow.append(Note("", _("There are pictures in it: words in a picture are not read.")))
        return place.flow

    def _take(self, element: Any, above: _Style, place: Place) -> None:
        self.found.still_within()
        tag, style = element.tag, self._style(element, above)
        if not isinstance(tag, str) or tag in _UNSEEN:
            return
        if style.is_hidden:
            place.leave_out(" ".join(_shown(element)), _("It is hidden."))
            return
        if style.is_marker:
            place.line.bullet = True
            if _MARKER.fullmatch("".join(element.itertext())):
                return
        if tag == "a" and _TO_A_SHEET.fullmatch(element.get("href", "")):
            place.pass_over("".join(element.itertext()), _("It leads to a sheet below."))
            return
        if tag == "table":
            place.end_line()
            self._table(element, style, place)
            return
        if tag in _LINES:
            place.end_line()
            place.line.level = _HEADINGS.get(tag, place.line.level)
            place.line.bullet = place.line.bullet or tag == "li"
        elif tag == "br":
            _say("\n", style._replace(keeps_breaks=True), place)
        elif tag == "img":
            self.pictures += 1
        _say(element.text or "", style, place)
        facts = _facts(element) if tag in _LINES else []
        for child in element:
            if child in facts:
                _say("\n", style._replace(keeps_breaks=True), place)
            self._take(child, style, place)
            _say(child.tail or "", style, place)
        if tag in _LINES:
            place.end_line()
            if tag in _HEADINGS or tag == "li":
                place.line = Line()

    def _table(self, element: Any, style: _Style, place: Place) -> None:
        self.depth += 1
        check_depth(self.depth)
        table, places = FlowTable(), _Columns()
        for number, (row, row_style) in enumerate(self._rows(element, style, place), start=1):
            cells, columns = FlowRow(number), places.next_row()
            table.rows.append(cells)
            if row_style.is_hidden:
                cells.notes.append(Note(" ".join(_shown(row)), _("It is hidden.")))
                continue
            for cell, cell_style in self._parts(row, ("td", "th"), row_style, place):
                if cell_style.is_hidden:
                    cells.notes.append(Note(" ".join(_shown(cell)), _("It is hidden.")))
                    continue
                inside = Place()
                self._inside(cell, cell_style, inside)
                wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
                cells.cells.append(FlowCell(inside.flow, columns.put(wide, high), wide, high))
        place.flow.append(table)
        self.depth -= 1

    def _rows(self, element: Any, style: _Style, place: Place) -> Iterator[tuple[Any, _Style]]:
        for part, part_style in self._parts(element, ("tr", "tbody", "thead", "tfoot"), style, place):
            if part.tag == "tr" or part_style.is_hidden:
                yield part, part_style
            else:
                yield from self._parts(part, ("tr",), part_style, place)

    def _parts(self, element: Any, tags: tuple[str, ...], style: _Style, place: Place) -> Iterator[tuple[Any, _Style]]:
        """Its children of this kind. Other words there stand before the table, as browsers show them."""
        _say(element.text or "", style, place)
        for child in element:
            if child.tag in tags:
                yield child, self._style(child, style)
            else:
                self._take(child, style, place)
            _say(child.tail or "", style, place)
        place.end_line()

    def _inside(self, cell: Any, style: _Style, place: Place) -> None:
        _say(cell.text or "", style, place)
        for child in cell:
            self._take(child, style, place)
            _say(child.tail or "", style, place)
        place.end_line()

    def _style(self, element: Any, above: _Style) -> _Style:
        tag, attributes = element.tag, element.attrib
        key = (str(tag), attributes.get("class", ""), attributes.get("style", ""))
        said = self.known.get(key)
        if said is None:
            said = self.known[key] = self._said(*key)
        return _Style(
            above.emphasis & ~said.clears | said.sets,
            above.is_struck or said.is_struck,
            said.is_hidden or "hidden" in attributes,
            above.keeps_breaks if said.keeps_breaks is None else said.keeps_breaks,
            said.is_marker,
        )

    def _said(self, tag: str, classes: str, style: str) -> _Said:
        names = classes.split()
        selectors = [tag, *(f".{name}" for name in names), *(f"{tag}.{name}" for name in names)]
        said = _Said(sets=_EMPHASIS.get(tag, PLAIN), is_struck=tag in _DELETED, keeps_breaks=tag == "pre" or None)
        for declarations in [*(self.rules.get(selector, "") for selector in selectors), style]:
            for name, value in _DECLARATION.findall(declarations.lower()):
                said = _with(said, name, value)
        return said


def _with(said: _Said, name: str, value: str) -> _Said:
    if name in ("font-style", "font-weight"):
        mark = ITALIC if name == "font-style" else BOLD
        if value.startswith(("italic", "oblique", "bold", "6", "7", "8", "9")):
            return said._replace(sets=said.sets | mark, clears=said.clears & ~mark)
        return said._replace(sets=said.sets & ~mark, clears=said.clears | mark)
    if name.startswith("text-decoration"):
        return said._replace(is_struck=said.is_struck or "line-through" in value)
    if name in ("display", "visibility", "mso-hide"):
        return said._replace(is_hidden=value.startswith(("none", "hidden", "collapse", "all")) or said.is_hidden)
    if name == "white-space":
        return said._replace(keeps_breaks=value.startswith(("pre", "break-spaces")))
    return said._replace(is_marker=said.is_marker or (name == "mso-list" and value.startswith("ignore")))


def _rules(css: str) -> dict[str, str]:
    """What the page says of a tag, of a class, or of a tag of a class; all else has no say in what is struck out."""
    rules: dict[str, str] = {}
    opened: list[str] = []  # what stands before each brace that is open
    for piece, brace in pairwise(["", *re.split("([{}])", _without_comments(css)), ""]):
        if brace == "{":
            opened.append(piece.rpartition(";")[2])
        elif brace == "}" and opened:
            selectors = opened.pop()
            # What holds for paper or for narrow screens alone stands in a second pair of braces.
            for selector in [] if opened else map(str.strip, selectors.split(",")):
                if _SELECTOR.fullmatch(selector):
                    rules[selector] = f"{rules.get(selector, '')};{piece}"
    return rules


def _without_comments(css: str) -> str:
    first, *others = css.replace("<!--", "").replace("-->", "").split("/*")
    return first + "".join(other.partition("*/")[2] for other in others)


def _say(text: str, style: _Style, place: Place) -> None:
    if not text:
        return
    if not style.keeps_breaks:
        text = _SPACES.sub(" ", text)
    if style.is_struck:
        place.pass_over(text, _("It is struck out."))
    else:
        place.say(text, style.emphasis)


def _facts(element: Any) -> list[Any]:
    """Pages put each fact of a session into a piece of its own: <span class="title">, <span class="speaker">. The
    style sheet of the page sets them apart; here each begins a line, but for the one behind the time.
    """
    pieces = list(element)
    if len(pieces) < _FEWEST_FACTS or (element.text or "").strip():
        return []
    are_facts = all(
        one.tag in _PIECES
        and (one.tag == "time" or _NAMED.fullmatch(one.get("class", "")))
        and (one.tail is None or not one.tail.strip())
        and (one.tail or one is pieces[-1])
        for one in pieces
    )
    return pieces[1 + (re.search(r"\d", "".join(pieces[0].itertext())) is not None) :] if are_facts else []


def _shown(element: Any) -> Iterator[str]:
    return (text for text in element.itertext() if text.strip())


def _span(cell: Any, name: str) -> int:
    said = cell.get(name, "1").strip()
    number = int(said) if said.isascii() and said.isdigit() and len(said) < 6 else 1
    if name == "rowspan" and number == 0:  # to the end of the table
        return limits.ROWS
    return min(max(number, 1), limits.ROWS if name == "rowspan" else limits.COLUMNS + 1)


def _wrap(root: Any, tags: tuple[str, ...], parents: tuple[str, ...], wrapper: str) -> None:
    for element in list(root.iter(*tags)):
        if element.getparent() is None or element.getparent().tag in parents:
            continue
        around = etree.Element(wrapper)
        element.addprevious(around)
        while element is not None and element.tag in tags:
            following = element.getnext()
            around.append(element)
            element = following


class _Columns:
    """In which columns the cells of a row stand, below cells that are merged downwards."""

    def __init__(self) -> None:
        self.column = 0
        self.taken: dict[int, int] = {}  # column -> for how many rows, this one counted

    def next_row(self) -> "_Columns":
        self.column = 0
        self.taken = {column: rows - 1 for column, rows in self.taken.items() if rows > 1}
        return self

    def put(self, wide: int, high: int) -> int:
        """The column in which a cell begins; beyond the limit all stand in one."""
        while self.column in self.taken and self.column < limits.COLUMNS:
            self.column += 1
        begins = self.column
        self.column = min(begins + wide, limits.COLUMNS)
        self.taken |= dict.fromkeys(range(begins, self.column), high)
        return begins
