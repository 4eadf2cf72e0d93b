#!/usr/bin/env bash
# A range that is copied in Google Sheets and pasted elsewhere comes as HTML that begins with a style sheet and a tag of
# its own, <google-sheets-html-origin>, around the table, without <html>, <head> or <body>. By the HTML standard a tag
# that is not known opens the body, as html5lib shows here and as browsers do. lxml (libxml2) keeps the tag and the whole
# table inside of <head>, and the document has no <body>: a reader that passes over the head, as one does with HTML from
# the web, finds an empty page, and says that nothing was pasted. The same table without the tag stands in the body.
# Seen with the versions below on Python 3.11. Fails once that changes. agenda/importing/reading/html.py reads the head.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet install lxml==6.1.3 html5lib==1.1
"$folder/venv/bin/python" - <<'PYTHON'
import sys

import html5lib
import lxml.etree
import lxml.html

TABLE = "<table><tbody><tr><td>9:00</td><td>Opening</td></tr></tbody></table>"
STYLE = '<meta name="generator" content="Sheets"/><style>td {border: 1px solid}</style>'
COPIED = f"{STYLE}<google-sheets-html-origin>{TABLE}</google-sheets-html-origin>"


def stands_in(root):
    """The names of what is around the table, from the outside in."""
    [table] = (one for one in root.iter() if isinstance(one.tag, str) and one.tag.endswith("table"))
    around = []
    while (table := table.getparent()) is not None:
        around.insert(0, table.tag.rpartition("}")[2])
    return " > ".join(around)


def by_the_standard(html):
    return html5lib.parse(html, treebuilder="lxml").getroot()


print(f"lxml {lxml.etree.__version__}, libxml2 {'.'.join(map(str, lxml.etree.LIBXML_VERSION))}, html5lib {html5lib.__version__}")
found = {
    "lxml, as it is copied": stands_in(lxml.html.document_fromstring(COPIED)),
    "html5lib, as it is copied": stands_in(by_the_standard(COPIED)),
    "lxml, without the tag": stands_in(lxml.html.document_fromstring(STYLE + TABLE)),
}
for name, path in found.items():
    print(f"{name}: the table stands in {path}")
expected = ["html > head > google-sheets-html-origin", "html > body > google-sheets-html-origin", "html > body"]
sys.exit(list(found.values()) != expected)
PYTHON
