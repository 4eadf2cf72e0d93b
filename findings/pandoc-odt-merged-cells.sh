#!/usr/bin/env bash
# A timetable with merged cells, written as OpenDocument text (.odt) by pandoc: one would guess that each merged cell is
# followed by the covered cells that OpenDocument has for it (table:covered-table-cell), since pandoc's own reader, like
# many a reader, finds the column of a cell by counting. It writes none. Where a time goes down over two rows, the
# talk of the second row stands in the column of the times as soon as cells are counted: pandoc reads its own file so,
# and also loses the heading row and all merging. LibreOffice 7.4.7 (seen by hand, not by this script) shows the file
# as it was meant. Seen with the versions below on Python 3.11. Fails once that changes. A reader of such files has to
# keep account of the rows that a merged cell reaches into, covered cells or not: so does
# agenda/importing/reading/opendocument.py.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet install pypandoc_binary==1.15
"$folder/venv/bin/python" - "$folder/timetable.odt" <<'PYTHON'
import re
import sys
import zipfile

import pypandoc

PAGE = """<table>
<thead><tr><th>Time</th><th>Hall</th><th>Room 2</th></tr></thead>
<tbody><tr><td>9:00</td><td colspan="2">Opening</td></tr>
<tr><td rowspan="2">10:00</td><td>Talk A</td><td>Talk B</td></tr>
<tr><td>Talk C</td><td>Talk D</td></tr></tbody>
</table>"""
pypandoc.convert_text(PAGE, "odt", format="html", outputfile=sys.argv[1])
content = zipfile.ZipFile(sys.argv[1]).read("content.xml").decode()
rows = [
    (row.count("<table:table-cell"), row.count("covered-table-cell"), re.findall(r'number-\w+-spanned="[2-9]"', row))
    for row in re.findall(r"<table:table-row.*?</table:table-row>", content, re.DOTALL)
]
back = pypandoc.convert_file(sys.argv[1], "html")
read = [re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row) for row in re.findall(r"<tr.*?</tr>", back, re.DOTALL)]
print(f"pandoc {pypandoc.get_pandoc_version()}")
print("written, (cells, covered cells, merged):", *rows, sep="\n  ")
print("read again by pandoc:", *read, sep="\n  ")
are_covered = any(covered for _cells, covered, _merged in rows)
sys.exit(are_covered or len(rows) != 4 or ["Talk C", "Talk D", ""] not in read)
PYTHON
