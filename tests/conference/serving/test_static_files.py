"""Style sheets as they are served, and how much of public pages and their files a first visit takes."""

import re
from pathlib import Path

import brotli
import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage

from conference.keeping import kept
from conference.serving.static_files import squeezed, squeezed_script

SHEETS = sorted((settings.BASE_DIR / "static" / "css").glob("*.css"))
SCRIPTS = sorted((settings.BASE_DIR / "static" / "js").glob("*.js"))
FILES = re.compile(r'(?:href|src)="/static/([^"]+\.(?:css|js|woff2))"')
MOST_OF_A_SCRIPT = 4096  # bytes, before they are compressed
# Bytes of the page, its sheet, its script and the face of headings, compressed: all but the headers and the icon.
MOST_BYTES = {("en", ""): 17_500, ("en", "agenda/"): 20_000, ("km", ""): 26_000, ("km", "agenda/"): 29_000}
PUBLIC = ["", "agenda/", "agenda/d1-14/", "speakers/", "background/", "participants/", "saved/", "register/find/"]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_sheet_loses_nothing_but_comments_and_blanks(sheet):
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)

    assert "".join(squeezed(text).split()) == "".join(text.split())
    assert [quoted for quoted in re.findall(r'"([^"]*)"', text) if re.search(r"[{};,\n]|/\*", quoted)] == []


def test_sheet_keeps_the_blanks_that_mean_something():
    sheet = "/* a\n b */ a  b:hover ,\n  .c {\n  margin: 0 calc(1px + 2px);\n}\n\n@media (width > 1px) { d { e: f } }"

    assert squeezed(sheet) == "a  b:hover,.c{margin: 0 calc(1px + 2px);}@media (width > 1px){d{e: f}}"


def test_script_loses_its_comments_and_nothing_else():
    script = """
// A line of its own, with "quotes".
const site = "https://example.org//x"; // one of ours
  const said = "a // b"; // "no comment for the squeezer": it stays
  /\\/\\//.test(said);
"""

    assert squeezed_script(script).splitlines() == [
        'const site = "https://example.org//x";',
        'const said = "a // b"; // "no comment for the squeezer": it stays',
        "/\\/\\//.test(said);",
    ]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.name)
def test_script_can_be_squeezed(script):
    text = script.read_text(encoding="utf-8")

    assert [part for part in re.findall(r"`[^`]*`", text) if "\n" in part] == []  # its indents would be lost
    kept, lost = squeezed_script(text).split(), text.split()
    assert [word for word in kept if word not in lost] == []
    assert squeezed_script(squeezed_script(text)) == squeezed_script(text)


def files_of(page):
    return FILES.findall(page.content.decode())


@pytest.mark.parametrize("address", PUBLIC)
@pytest.mark.parametrize("language", ["en", "km"])
def test_public_page_has_one_sheet_of_all_pages_and_at_most_one_small_script(client, edition, language, address):
    files = files_of(client.get(f"/{language}/2024/{address}"))

    sheets, scripts = ([name for name in files if name.endswith(end)] for end in (".css", ".js"))
    assert [name for name in sheets if "/signup." not in name] == [sheets[0]]  # forms have a few rules more
    assert len(scripts) <= 1
    assert all(Path(staticfiles_storage.path(name)).stat().st_size <= MOST_OF_A_SCRIPT for name in scripts)
    faces = [name for name in files if name.endswith(".woff2")]
    assert len(faces) == 1  # that of headings: for text a phone has its own
    assert "noto" not in faces[0]


@pytest.mark.parametrize(("language", "address"), MOST_BYTES)
def test_first_visit_is_light(client, edition, monkeypatch, language, address):
    """To a page that has been the same for a minute."""
    monkeypatch.setattr(kept, "SETTLED_SECONDS", 0)
    page = client.get(f"/{language}/2024/{address}", headers={"accept-encoding": "br"})
    files = FILES.findall(brotli.decompress(page.content).decode())
    sent = [name if name.endswith(".woff2") else f"{name}.br" for name in files]  # a face is packed in itself

    total = len(page.content) + sum(Path(staticfiles_storage.path(name)).stat().st_size for name in sent)

    assert total <= MOST_BYTES[language, address]
    assert all(re.search(r"\.[0-9a-f]{12}\.\w+$", name) for name in files)  # kept by browsers for good
