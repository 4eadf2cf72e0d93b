"""The report as DOCX, to be finished in Word: its styles, its contents, captions that count themselves.

Word shapes Khmer with the font, the size and the weight "for complex scripts", and checks it in a language of its own:
each run says which of the two it is.
"""

import re
from collections.abc import Iterable, Sequence
from io import BytesIO
from itertools import count
from typing import Any

from django.utils.translation import gettext as _
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.shared import Emu, Mm, Pt, RGBColor
from lxml import etree

from conference import clock
from conference.files.cells import text as legal
from conference.words import digits, labelled
from registration.report.pieces import Bullets, Cell, Contents, Grid, Heading, Paragraph, Picture, Piece, ToWrite

LATIN, KHMER = "Calibri", "Khmer OS Battambang"
LANGUAGES = {"en": "en-GB", "km": "km-KH"}
TEXT_WIDTH = Mm(165)
INK, QUIET = RGBColor(0x12, 0x39, 0x5A), RGBColor(0x42, 0x47, 0x4B)
SIZES = {"Title": 24, "Heading 1": 16, "Heading 2": 13, "Caption": 9.5, "Normal": 11, "toc 1": 11, "toc 2": 11}
SHADE, MARK = "DCE7F0", "FFF2CC"
# Khmer with the spaces and signs inside it.
_KHMER = re.compile("[\u1780-\u17ff\u19e0-\u19ff\u200b-\u200d]+(?:[ «»()–៖/]*[\u1780-\u17ff\u200b-\u200d]+)*")

# lxml has no types: an element of the document is Any.


def report_docx(pieces: Iterable[Piece], language: str, title: str) -> bytes:
    writer = _Writer(language, title)
    listed = list(pieces)
    for piece in listed:
        writer.put(piece, listed)
    out = BytesIO()
    writer.document.save(out)
    return out.getvalue()


class _Writer:
    def __init__(self, language: str, title: str) -> None:
        self.language = language
        self.document: Any = Document()
        self.body: Any = self.document.element.body
        self.end: Any = self.body.find(qn("w:sectPr"))  # stands last
        self.numbers = {"Table": count(1), "Figure": count(1)}
        _set_up(self.document, language, title)
        footer = self.document.sections[0].footer.paragraphs[0]
        page = _("Page")
        _runs(footer._p, f"{title} · {page} ")
        _field(footer._p, "PAGE", "1")

    def put(self, piece: Piece, listed: Sequence[Piece]) -> None:
        match piece:
            case Heading(text, level):
                self.paragraph(text, "Title" if level == 0 else f"Heading{level}")
            case Paragraph(text, is_note, is_marked):
                self.paragraph(text, "Caption" if is_note else "", mark=MARK if is_marked else "")
            case Bullets(items, are_numbered):
                for item in items:
                    self.paragraph(item, "ListNumber" if are_numbered else "ListBullet")
            case ToWrite(heading, text):
                self.paragraph(heading, "Heading1")
                said = labelled(_("To be written"), text)
                self.paragraph(f"[{said}]", mark=MARK)
            case Grid():
                self.caption("Table", _("Table"), piece.caption, keeps=True)
                self.grid(piece)
            case Picture():
                self.picture(piece)
                self.caption("Figure", _("Figure"), piece.caption)
            case Contents(heading):
                self.contents(heading, listed)

    def paragraph(self, text: str, style: str = "", *, mark: str = "") -> Any:
        made = _paragraph(style, mark=mark)
        _runs(made, text)
        self.end.addprevious(made)
        return made

    def caption(self, name: str, label: str, text: str, *, keeps: bool = False) -> None:
        made = _paragraph("Caption", keeps=keeps)
        _runs(made, f"{label} ")
        _field(made, f"SEQ {name} \\* ARABIC", digits(next(self.numbers[name])))
        _runs(made, f"{_(':')} {text}")
        self.end.addprevious(made)

    def contents(self, heading: str, listed: Sequence[Piece]) -> None:
        """As a field, with the headings as they are: Word adds the pages when it opens the file."""
        self.paragraph(heading, "TOCHeading")
        found = [(one.text, one.level) for one in listed if isinstance(one, Heading) and one.level]
        found += [(one.title, 1) for one in listed if isinstance(one, ToWrite)]
        order = [
            one.text if isinstance(one, Heading) else one.title for one in listed if isinstance(one, Heading | ToWrite)
        ]
        found.sort(key=lambda one: order.index(one[0]))
        for at, (text, level) in enumerate(found):
            made = _paragraph(f"TOC{level}")
            if at == 0:
                _char(made, "begin", dirty=True)
                _instruction(made, 'TOC \\o "1-2" \\h \\z \\u')
                _char(made, "separate")
            _runs(made, text)
            if at == len(found) - 1:
                _char(made, "end")
            self.end.addprevious(made)
        _add(_add(_last(self.end), "w:r"), "w:br", type="page")

    def grid(self, piece: Grid) -> None:
        table = _element("w:tbl")
        about = _add(table, "w:tblPr")
        _add(about, "w:tblStyle", val="TableGrid")
        _add(about, "w:tblW", w="5000", type="pct")
        _add(about, "w:tblLayout", type="fixed")
        _add(about, "w:tblLook", firstRow="1", firstColumn="1", lastRow="0", lastColumn="0", noHBand="1", noVBand="1")
        _add(about, "w:tblCaption", val=legal(piece.caption))
        columns = _add(table, "w:tblGrid")
        widths = [str(round(TEXT_WIDTH.twips * share / sum(piece.widths))) for share in piece.widths]
        for width in widths:
            _add(columns, "w:gridCol", w=width)
        self._row(table, [Cell(head) for head in piece.head], widths, piece, is_head=True)
        for at, cells in enumerate(piece.rows, start=1):
            self._row(table, cells, widths, piece, is_bold=piece.last_is_sum and at == len(piece.rows))
        self.end.addprevious(table)
        self.paragraph("")

    def _row(
        self,
        table: Any,
        cells: Sequence[Cell],
        widths: Sequence[str],
        piece: Grid,
        *,
        is_head: bool = False,
        is_bold: bool = False,
    ) -> None:
        row = _add(table, "w:tr")
        about = _add(row, "w:trPr")
        _add(about, "w:cantSplit")
        if is_head:
            _add(about, "w:tblHeader")
        for at, (cell, width) in enumerate(zip(cells, widths, strict=True)):
            made = _add(row, "w:tc")
            about = _add(made, "w:tcPr")
            _add(about, "w:tcW", w=width, type="dxa")
            if is_head:
                _add(about, "w:shd", val="clear", color="auto", fill=SHADE)
            # A table of numbers stays on one page; one of sessions may go on.
            align, keeps = "right" if piece.are_numbers and at else "", piece.are_numbers and not is_bold
            inside = _paragraph("TableText", align=align, keeps=keeps or is_head)
            _runs(inside, cell.text, is_bold=is_head or is_bold)
            made.append(inside)
            for number, (words, address) in enumerate(cell.links):
                if number or cell.text:
                    inside = _paragraph("TableText")
                    made.append(inside)
                self._link(inside, words, address)

    def _link(self, paragraph: Any, words: str, address: str) -> None:
        key = self.document.part.relate_to(legal(address), RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link = etree.SubElement(paragraph, qn("w:hyperlink"), {qn("r:id"): key})
        _runs(link, words, colour="0563C1")

    def picture(self, piece: Picture) -> None:
        width = Emu(round(TEXT_WIDTH * piece.width))
        shape = self.document.add_picture(BytesIO(piece.content), width=width)
        about = shape._inline.docPr
        about.set("descr", legal(piece.alt))
        about.set("title", legal(piece.caption))
        self.document.paragraphs[-1].paragraph_format.keep_with_next = True


# --- the document ---


def _set_up(document: Any, language: str, title: str) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(25), Mm(20)
    section.top_margin = section.bottom_margin = Mm(22)
    about = document.core_properties
    about.title, about.language, about.author, about.comments = legal(title), LANGUAGES[language], "", ""
    about.created = about.modified = clock.now().replace(tzinfo=None)
    for name in ("toc 1", "toc 2", "Table Text"):
        if name not in [style.name for style in document.styles]:
            made = document.styles.add_style(name, 1)
            made.base_style = document.styles["Normal"]
    for found in document.styles.element.iter(qn("w:rFonts"), qn("w:lang")):
        found.getparent().remove(found)  # of the theme, which has no Khmer
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    fonts = {qn("w:ascii"): LATIN, qn("w:hAnsi"): LATIN, qn("w:eastAsia"): LATIN, qn("w:cs"): KHMER}
    defaults.insert(0, defaults.makeelement(qn("w:rFonts"), fonts))
    tongues = {qn("w:val"): LANGUAGES["en"], qn("w:eastAsia"): "en-US", qn("w:bidi"): LANGUAGES["km"]}
    defaults.append(defaults.makeelement(qn("w:lang"), tongues))
    for name, size in SIZES.items():
        style = document.styles[name]
        style.font.size = Pt(size)
        _complex_size(style, size)
        if name.startswith(("Title", "Heading")):
            style.font.color.rgb = INK
    table_text = document.styles["Table Text"]
    table_text.font.size = Pt(9.5)
    _complex_size(table_text, 9.5)
    table_text.paragraph_format.space_after = Pt(2)
    document.styles["toc 2"].paragraph_format.left_indent = Mm(6)
    for name in ("toc 1", "toc 2"):
        document.styles[name].paragraph_format.space_after = Pt(2)
    document.styles["Caption"].font.color.rgb = QUIET


def _complex_size(style: Any, size: float) -> None:
    """The same for Khmer."""
    about = style.element.get_or_add_rPr()
    for found in about.findall(qn("w:szCs")):
        about.remove(found)
    about.find(qn("w:sz")).addnext(about.makeelement(qn("w:szCs"), {qn("w:val"): str(round(size * 2))}))


def _element(tag: str) -> Any:
    return etree.Element(qn(tag), nsmap={"w": qn("w:p")[1:].partition("}")[0]})


def _add(parent: Any, tag: str, **attributes: str) -> Any:
    return etree.SubElement(parent, qn(tag), {qn(f"w:{name}"): value for name, value in attributes.items()})


def _last(end: Any) -> Any:
    return end.getprevious()


def _paragraph(style: str, *, align: str = "", keeps: bool = False, mark: str = "") -> Any:
    made = _element("w:p")
    about = _add(made, "w:pPr")
    if style:
        _add(about, "w:pStyle", val=style)
    if keeps:
        _add(about, "w:keepNext")
    if mark:
        _add(about, "w:shd", val="clear", color="auto", fill=mark)
    if align:
        _add(about, "w:jc", val=align)
    return made


def _runs(paragraph: Any, text: str, *, is_bold: bool = False, colour: str = "") -> None:
    """A run for each script; a new line for each line."""
    for number, line in enumerate(legal(text).split("\n")):
        if number:
            _add(_add(paragraph, "w:r"), "w:br")
        at = 0
        for found in _KHMER.finditer(line):
            _run(paragraph, line[at : found.start()], "en", is_bold, colour)
            _run(paragraph, found.group(), "km", is_bold, colour)
            at = found.end()
        _run(paragraph, line[at:], "en", is_bold, colour)


def _run(paragraph: Any, text: str, language: str, is_bold: bool, colour: str) -> None:
    if not text:
        return
    made = _add(paragraph, "w:r")
    about = _add(made, "w:rPr")
    if language == "km":
        _add(about, "w:rFonts", hint="cs")
    if is_bold:
        _add(about, "w:b")
        _add(about, "w:bCs")
    if colour:
        _add(about, "w:color", val=colour)
        _add(about, "w:u", val="single")
    if language == "km":
        _add(about, "w:cs")
        _add(about, "w:lang", bidi=LANGUAGES["km"])
    else:
        _add(about, "w:lang", val=LANGUAGES["en"])
    said = _add(made, "w:t")
    said.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    said.text = text


def _char(paragraph: Any, kind: str, *, dirty: bool = False) -> None:
    _add(_add(paragraph, "w:r"), "w:fldChar", fldCharType=kind, **({"dirty": "true"} if dirty else {}))


def _instruction(paragraph: Any, text: str) -> None:
    made = _add(_add(paragraph, "w:r"), "w:instrText")
    made.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    made.text = f" {text} "


def _field(paragraph: Any, instruction: str, shown: str) -> None:
    _char(paragraph, "begin")
    _instruction(paragraph, instruction)
    _char(paragraph, "separate")
    _runs(paragraph, shown)
    _char(paragraph, "end")
