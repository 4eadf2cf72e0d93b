"""Style sheets as they are served, and how much of public pages and their files a first visit takes."""

import re
from pathlib import Path

import brotli
import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage

from conference.serving.static_files import squeezed

SHEETS = sorted((settings.BASE_DIR / "static" / "css").glob("*.css"))
FILES = re.compile(r'(?:href|src)="/static/([^"]+\.(?:css|js|woff2))"')
MOST_OF_A_SCRIPT = 4096  # bytes, before they are compressed
# Bytes of the page, its sheet and its script, compressed: without the headers and without the face of headings.
MOST_BYTES = {("en", ""): 13_000, ("en", "agenda/"): 16_500, ("km", ""): 14_000, ("km", "agenda/"): 18_000}
PUBLIC = ["", "agenda/", "agenda/d1-14/", "speakers/", "background/", "participants/", "saved/", "register/find/"]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_sheet_loses_nothing_but_comments_and_blanks(sheet):
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)

    assert "".join(squeezed(text).split()) == "".join(text.split())
    assert [quoted for quoted in re.findall(r'"([^"]*)"', text) if re.search(r"[{};,\n]|/\*", quoted)] == []


def test_sheet_keeps_the_blanks_that_mean_something():
    sheet = "/* a\n b */ a  b:hover ,\n  .c {\n  margin: 0 calc(1px + 2px);\n}\n\n@media (width > 1px) { d { e: f } }"

    assert squeezed(sheet) == "a  b:hover,.c{margin: 0 calc(1px + 2px);}@media (width > 1px){d{e: f}}"


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
def test_first_visit_is_light(client, edition, language, address):
    page = client.get(f"/{language}/2024/{address}", headers={"accept-encoding": "br"})
    plain = brotli.decompress(page.content).decode()
    texts = [name for name in FILES.findall(plain) if not name.endswith(".woff2")]

    packed = [Path(staticfiles_storage.path(f"{name}.br")).stat().st_size for name in texts]

    assert len(page.content) + sum(packed) <= MOST_BYTES[language, address]
    assert all(re.search(r"\.[0-9a-f]{12}\.\w+$", name) for name in texts)  # kept by browsers for good
