#!/usr/bin/env bash
# fpdf2 sets Khmer with HarfBuzz, but the file says nothing of what most glyphs of a syllable stand for, and gives no
# ActualText. So PDFium and pypdf do not read back the word that was written. Seen with the versions below on Python
# 3.11: of 4 words pypdf reads 1 back and PDFium none. The font is the Khmer one of this repository. Fails once that
# changes. The site's own way round it is agenda/feeds/faces.py and paper.py.
set -euo pipefail
font=$(cd "$(dirname "$0")/.." && pwd)/agenda/data/fonts/noto-sans-khmer-400.ttf
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet install fpdf2==2.8.9 uharfbuzz==0.57.0 pypdf==7.1.0 pypdfium2==5.15.2
"$folder/venv/bin/python" - "$font" <<'PYTHON'
import io
import sys

import pypdf
import pypdfium2
from fpdf import FPDF

WORDS = ["ភ្នំពេញ", "កម្មវិធី", "ប្រទេស", "បើកទូលាយ"]
paper = FPDF()
paper.add_page()
paper.add_font("Khmer", "", sys.argv[1])
paper.set_font("Khmer", "", 14)
paper.set_text_shaping(True, script="khmr", language="khm")
for word in WORDS:
    paper.multi_cell(0, 10, word, new_x="LMARGIN", new_y="NEXT")
content = bytes(paper.output())
by_pypdf = pypdf.PdfReader(io.BytesIO(content)).pages[0].extract_text()
by_pdfium = pypdfium2.PdfDocument(content)[0].get_textpage().get_text_range()
found = {name: [word for word in WORDS if word in text] for name, text in (("pypdf", by_pypdf), ("PDFium", by_pdfium))}
print(f"written: {WORDS}\npypdf: {by_pypdf!r}\nPDFium: {by_pdfium!r}\nfound whole: {found}")
sys.exit(found != {"pypdf": [WORDS[1]], "PDFium": []})
PYTHON
