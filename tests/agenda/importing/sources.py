"""A small way of writing down a document, and the files that office programs make of it.

= Day 1                     a sheet of a workbook, a heading in a text ("=! Day 1" is a hidden sheet)
# Agenda                    a heading, outside the table
Please be on time.          a paragraph; "- " before it is a bullet
| 9:00 | Opening // by us | a row of a table; " // " breaks a line inside its cell
| <    | ^ |                merged with the cell to the left, with the cell above
! | 9:30 | Old |            a hidden row
% | 9:30 | New |            a row in a content control of Word
[data](https://a.example)   a link
{+ new +} {- old -}         words that Word has as inserted and deleted while changes are tracked
~~old~~                     struck out
@9:30@                      in a workbook a time (or date, "@2027-02-03@"; or length, "@26:00@L"), elsewhere text
"""

import csv
import datetime
import io
import re
import zipfile
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from docx import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from xlsxwriter import Workbook

LEFT, ABOVE = "<", "^"
_MARKS = re.compile(
    r"(?P<link>\[(?P<words>[^\]]+)\]\(https?:[^)]+\))"
    r"|\{\+ (?P<ins>.+?) \+\}|\{- (?P<gone>.+?) -\}|~~(?P<struck>.+?)~~"
)
_TYPED = re.compile(r"@([\d:-]+)@(L?)")


@dataclass
class Line:
    text: str = ""
    level: int = 0
    bullet: bool = False


@dataclass
class Row:
    cells: list[str]
    hidden: bool = False
    controlled: bool = False


@dataclass
class Sheet:
    name: str = ""
    hidden: bool = False
    blocks: list[Line | list[Row]] = field(default_factory=list)


def parsed(source: str) -> list[Sheet]:
    sheets = [Sheet()]
    for line in source.strip("\n").split("\n"):
        if found := re.match(r"=(!?) (.+)", line):
            sheets.append(Sheet(found[2], bool(found[1])))
            continue
        blocks = sheets[-1].blocks
        if found := re.match(r"([!%]?) ?\|(.*)\|\s*$", line):
            row = Row([cell.strip() for cell in found[2].split("|")], found[1] == "!", found[1] == "%")
            if not blocks or not isinstance(blocks[-1], list):
                blocks.append([])
            blocks[-1].append(row)
        elif line.strip():
            hashes = len(line) - len(line.lstrip("#"))
            bullet = line.startswith("- ")
            blocks.append(Line(line.lstrip("#").strip() if hashes else line.removeprefix("- "), hashes, bullet))
        elif blocks:
            blocks.append(Line())
    return [sheet for sheet in sheets if sheet.blocks]


def plain(cell: str, *, with_struck: bool = True) -> str:
    """The words of a cell, as a person copies them."""
    cell = "" if cell in (LEFT, ABOVE) else cell
    cell = _TYPED.sub(lambda found: found[1], cell)
    return _MARKS.sub(
        lambda found: (
            found["words"] or found["ins"] or ((found["gone"] or found["struck"] or "") if with_struck else "")
        ),
        cell,
    ).replace(" // ", "\n")


def spans(table: list[Row]) -> list[list[tuple[str, int, int, int]]]:
    """For each row its cells that begin there: text, column, columns, rows."""
    found = []
    for at, row in enumerate(table):
        cells = []
        for column, text in enumerate(row.cells):
            if text in (LEFT, ABOVE):
                continue
            wide = high = 1
            while column + wide < len(row.cells) and row.cells[column + wide] == LEFT:
                wide += 1
            while at + high < len(table) and _cell(table[at + high], column) == ABOVE:
                high += 1
            cells.append((text, column, wide, high))
        found.append(cells)
    return found


def _cell(row: Row, column: int) -> str:
    return row.cells[column] if column < len(row.cells) else ""


def as_text(source: str) -> str:
    """As it is copied out of a document: tabs between cells."""
    lines = []
    for sheet in parsed(source):
        lines += [sheet.name] * bool(sheet.name)
        for block in sheet.blocks:
            if isinstance(block, Line):
                lines.append(("• " if block.bullet else "") + plain(block.text))
                continue
            for row in block:
                texts = [plain(cell) for cell in row.cells]
                lines.append("\t".join(f'"{text}"' if "\n" in text else text for text in texts).rstrip())
    return "\n".join(lines)


def as_csv(source: str, delimiter: str = ",") -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    for sheet in parsed(source):
        for block in sheet.blocks:
            if isinstance(block, Line):
                writer.writerow([plain(block.text)])
            else:
                writer.writerows([plain(cell) for cell in row.cells] for row in block)
    return out.getvalue().encode("utf-8-sig")


def as_markdown(source: str) -> bytes:
    lines = []
    for sheet in parsed(source):
        lines += [f"# {sheet.name}", ""] * bool(sheet.name)
        for block in sheet.blocks:
            if isinstance(block, Line):
                sign = "#" * block.level + " " if block.level else "- " * block.bullet
                lines += [sign + plain(block.text)] + [""] * (not block.bullet)
                continue
            for at, row in enumerate(block):
                lines.append("| " + " | ".join(plain(cell).replace("\n", "<br>") for cell in row.cells) + " |")
                if not at:
                    lines.append("|" + " --- |" * len(row.cells))
            lines.append("")
    return "\n".join(lines).encode()


def as_html(source: str) -> bytes:
    parts = []
    for sheet in parsed(source):
        parts += [f"<h2>{escape(sheet.name)}</h2>"] * bool(sheet.name)
        for block in sheet.blocks:
            if isinstance(block, Line):
                tag = f"h{block.level}" if block.level else "li" if block.bullet else "p"
                parts.append(f"<{tag}>{_marked(block.text)}</{tag}>")
                continue
            parts.append('<table border="1"><tbody>')
            for cells, row in zip(spans(block), block, strict=True):
                parts.append('<tr style="display:none">' if row.hidden else "<tr>")
                for text, _column, wide, high in cells:
                    merged = f' colspan="{wide}"' * (wide > 1) + f' rowspan="{high}"' * (high > 1)
                    parts.append(f"<td{merged}>{_marked(text)}</td>")
                parts.append("</tr>")
            parts.append("</tbody></table>")
    body = "\n".join(parts)
    return f'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>{body}</body></html>'.encode()


def _marked(text: str) -> str:
    text = _TYPED.sub(lambda found: found[1], escape(text)).replace(" // ", "<br>")
    for sign, tag in ((r"\{\+ (.+?) \+\}", "ins"), (r"\{- (.+?) -\}", "del"), (r"~~(.+?)~~", "s")):
        text = re.sub(sign, rf"<{tag}>\1</{tag}>", text)
    return re.sub(r"\[([^\]]+)\]\((https?:[^)]+)\)", r'<a href="\2">\1</a>', text)


def as_xlsx(source: str) -> bytes:
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        forms = {
            "time": book.add_format({"num_format": "h:mm"}),
            "date": book.add_format({"num_format": "d mmm yyyy"}),
            "length": book.add_format({"num_format": "[h]:mm"}),
            "struck": book.add_format({"font_strikeout": True}),
        }
        shown = False
        for sheet in parsed(source):
            page = book.add_worksheet(sheet.name or None)
            if sheet.hidden:
                page.hide()
            elif not shown:
                page.activate()  # else XlsxWriter shows the first sheet again
            shown = shown or not sheet.hidden
            at = 0
            for block in sheet.blocks:
                if isinstance(block, Line):
                    page.write_string(at, 0, plain(block.text))
                    at += 1
                    continue
                for cells, row in zip(spans(block), block, strict=True):
                    for text, column, wide, high in cells:
                        if wide * high > 1:
                            page.merge_range(at, column, at + high - 1, column + wide - 1, "")
                        _into(page, at, column, text, forms)
                    if row.hidden:
                        page.set_row(at, None, None, {"hidden": True})
                    at += 1
    return out.getvalue()


def _into(page, row, column, text, forms):
    if typed := _TYPED.fullmatch(text):
        value, is_length = typed[1], bool(typed[2])
        if "-" in value:
            page.write_datetime(row, column, datetime.datetime.fromisoformat(value), forms["date"])
        else:
            hours, minutes = map(int, value.split(":"))
            page.write_number(row, column, (hours * 60 + minutes) / 1440, forms["length" if is_length else "time"])
    elif found := re.fullmatch(r"~~(.+)~~", text):
        page.write_string(row, column, found[1], forms["struck"])
    elif text:
        page.write_string(row, column, plain(text))


_ODS = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content office:version="1.2"'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:automatic-styles>'
    '<style:style style:name="hidden" style:family="table"><style:table-properties table:display="false"/>'
    "</style:style>"
    "</office:automatic-styles><office:body><office:spreadsheet>{}</office:spreadsheet></office:body>"
    "</office:document-content>"
)
_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest manifest:version="1.2"'
    ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/"'
    ' manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/><manifest:file-entry'
    ' manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def as_ods(source: str) -> bytes:
    tables = []
    for at, sheet in enumerate(parsed(source), start=1):
        style = ' table:style-name="hidden"' * sheet.hidden
        tables.append(f'<table:table table:name="{escape(sheet.name or f"Sheet{at}")}"{style}>')
        for block in sheet.blocks:
            rows = [Row([block.text])] if isinstance(block, Line) else block
            for cells, row in zip(spans(rows), rows, strict=True):
                tables.append("<table:table-row" + ' table:visibility="collapse"' * row.hidden + ">")
                tables += _ods_cells(cells, len(row.cells))
                tables.append("</table:table-row>")
        # As LibreOffice ends each sheet.
        tables.append('<table:table-row table:number-rows-repeated="1048000"><table:table-cell')
        tables.append(' table:number-columns-repeated="16384"/></table:table-row></table:table>')
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", _ODS.format("".join(tables)))
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
    return out.getvalue()


def _ods_cells(cells, width):
    begins = {column: (text, wide, high) for text, column, wide, high in cells}
    for column in range(width):
        if column not in begins:
            yield "<table:covered-table-cell/>"
            continue
        text, wide, high = begins[column]
        said = f' table:number-columns-spanned="{wide}" table:number-rows-spanned="{high}"' * (wide * high > 1)
        typed = _TYPED.fullmatch(text)
        if typed and "-" in typed[1]:
            said += f' office:value-type="date" office:date-value="{typed[1]}"'
        elif typed:
            hours, minutes = typed[1].split(":")
            said += f' office:value-type="time" office:time-value="PT{hours}H{minutes}M00S"'
        elif text:
            said += ' office:value-type="string"'
        lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in plain(text).split("\n") if line)
        yield f"<table:table-cell{said}>{lines}</table:table-cell>"


def as_docx(source: str) -> bytes:
    document = WordDocument()
    for sheet in parsed(source):
        if sheet.name:
            document.add_heading(sheet.name, 1)
        for block in sheet.blocks:
            if isinstance(block, list):
                _word_table(document, block)
            elif block.level:
                document.add_heading(plain(block.text), block.level)
            else:
                paragraph = document.add_paragraph(style="List Bullet" if block.bullet else None)
                _words_into(paragraph, block.text)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _word_table(document, block):
    width = max(len(row.cells) for row in block)
    table = document.add_table(len(block), width)
    grid = [[table.cell(row, column) for column in range(width)] for row in range(len(block))]
    for at, cells in enumerate(spans(block)):
        for text, column, wide, high in cells:
            cell = grid[at][column]
            if wide * high > 1:
                cell = cell.merge(grid[at + high - 1][column + wide - 1])
            for number, line in enumerate(text.split(" // ")):
                _words_into(cell.add_paragraph() if number else cell.paragraphs[0], line)
    for row, made in zip(block, list(table.rows), strict=True):
        if row.controlled:
            control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
            made._tr.addprevious(control)
            content.append(made._tr)
            control.append(OxmlElement("w:sdtPr"))
            control.append(content)


def _words_into(paragraph, text):
    text = _TYPED.sub(lambda found: found[1], text)
    at = 0
    for found in _MARKS.finditer(text):
        paragraph.add_run(text[at : found.start()])
        run = paragraph.add_run(found["words"] or found["ins"] or found["gone"] or found["struck"])
        if found["struck"]:
            run.font.strike = True
        else:
            name = "w:hyperlink" if found["link"] else "w:ins" if found["ins"] else "w:del"
            around = OxmlElement(name)
            if not found["link"]:
                around.set(qn("w:id"), "1")
                around.set(qn("w:author"), "Sample Editor")
            run._r.addprevious(around)
            around.append(run._r)
            if found["gone"]:
                for words in run._r.findall(qn("w:t")):
                    words.tag = qn("w:delText")
        at = found.end()
    paragraph.add_run(text[at:])


WRITERS = {
    "docx": as_docx,
    "xlsx": as_xlsx,
    "ods": as_ods,
    "csv": as_csv,
    "html": as_html,
    "md": as_markdown,
    "txt": lambda source: as_text(source).encode(),
}
