#!/usr/bin/env bash
# A line in another colour that begins with a letter of the fallback font, as a bullet before Khmer does: fpdf2 sets the
# line's own font inside of the line, between the operators q and Q that keep its colour from the rest, and remembers it
# as set. Q takes the font back as well. So the next line in the same font, in black again, is drawn in the font and
# size of the line before: its letters are other letters, or none, and a program reads other words back. Without the
# colour all is right, and so it is where the coloured line begins in its own font. The fonts are those of this
# repository. Seen with the versions below on Python 3.11. Fails once that changes. The site sets its lines itself
# (agenda/feeds/setting.py), each with its font.
set -euo pipefail
fonts=$(cd "$(dirname "$0")/.." && pwd)/agenda/data/fonts
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet install fpdf2==2.8.9 pypdf==7.1.0
"$folder/venv/bin/python" - "$fonts" <<'PYTHON'
import io
import sys

import fpdf
import pypdf

KHMER, LATIN, LINE = "noto-sans-khmer-400.ttf", "noto-sans-400.ttf", "កខគ"


def read_back(first, *, in_colour):
    """The last of three lines, as pypdf reads it: a heading, `first`, and the line that was meant."""
    paper = fpdf.FPDF()
    paper.add_font("khmer", "", f"{sys.argv[1]}/{KHMER}")
    paper.add_font("latin", "", f"{sys.argv[1]}/{LATIN}")
    paper.set_fallback_fonts(["latin"])
    paper.add_page()
    paper.set_font("latin", "", 14)
    paper.multi_cell(0, 10, "Heading", new_x="LMARGIN", new_y="NEXT")
    paper.set_font("khmer", "", 12)
    paper.set_text_color(150 if in_colour else 0, 0, 0)
    paper.multi_cell(0, 10, first, new_x="LMARGIN", new_y="NEXT")
    paper.set_text_color(0, 0, 0)
    paper.multi_cell(0, 10, LINE, new_x="LMARGIN", new_y="NEXT")
    pages = pypdf.PdfReader(io.BytesIO(bytes(paper.output()))).pages
    return pages[0].extract_text().splitlines()[-1]


found = {
    "below a line in black that begins with a bullet": read_back(f"• {LINE}", in_colour=False),
    "below a coloured line of Khmer alone": read_back(LINE, in_colour=True),
    "below a coloured line that begins with a bullet": read_back(f"• {LINE}", in_colour=True),
}
print(f"fpdf2 {fpdf.__version__}, pypdf {pypdf.__version__}; written: {LINE}")
for where, text in found.items():
    print(f"{where}: {text}")
sys.exit([text == LINE for text in found.values()] != [True, True, False])
PYTHON
