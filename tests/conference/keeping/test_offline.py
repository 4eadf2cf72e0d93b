"""Reading without a line: what the site gives to the browser for it. tests/browser/test_offline.py cuts the line."""

import json
import re

import pytest
from django.conf import settings

from tests.pages import read

SCRIPTS = settings.BASE_DIR / "static" / "js"


@pytest.mark.parametrize(("language", "words", "digits"), [("en", "on {moment}", "01"), ("km", "នៅ{moment}", "០១")])
def test_worker_speaks_the_language_of_its_address(client, edition, language, words, digits):
    answer = client.get(f"/{language}/offline.js")

    site, _line, script = answer.content.decode().partition(";\n")
    said = json.loads(site.removeprefix("const SITE = "))
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert words in said["saved"]
    assert said["digits"].startswith(digits)
    assert len(said["months"]) == 12
    assert script == (SCRIPTS / "offline.js").read_text(encoding="utf-8")
    assert "connect-src 'self'" in answer["Content-Security-Policy"]  # by which the worker may ask for pages


def test_page_of_what_is_saved_helps_without_a_script(client, edition):
    page = client.get("/en/2024/saved/")

    assert "This browser cannot save pages." in read(page)
    assert "/en/2024/files/" in page.content.decode()


@pytest.mark.parametrize("address", ["agenda/", "agenda/d1-03/", "agenda/mine/"])
def test_draft_is_not_kept_in_the_browser(client, staff_client, edition, address):
    def tag(client, address):
        [found] = re.findall(r"<script\s+src=[^>]*>", client.get(address).content.decode())
        return found

    assert 'data-worker="/en/offline.js"' in tag(client, f"/en/2024/{address}")
    assert "data-worker" not in tag(staff_client, f"/en/2024/draft/{address}")
