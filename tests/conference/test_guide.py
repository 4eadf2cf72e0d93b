"""The guide for staff: a page of the admin in both languages, out of docs/."""

import re
from pathlib import Path

import django
import pytest
from babel.messages.pofile import read_po
from django.apps import apps
from django.test import Client
from django.utils.translation import override

from conference.guide import as_html
from registration.admin.front_page.shelves import SHELVES
from registration.staff import GROUPS
from tests.pages import links, read
from tests.registration.admin.registrations.test_registration import member_of


@pytest.mark.parametrize(("language", "said"), [("en", "Publishing the agenda"), ("km", "ការកែប្រែរបៀបវារៈ")])
def test_every_page_of_the_admin_leads_to_the_guide_in_the_readers_language(client, edition, language, said):
    desk = member_of("Registration desk", client)
    desk.cookies["language"] = language

    assert "/admin/guide/" in links(desk.get("/admin/registration/registration/"))
    page = desk.get("/admin/guide/")

    assert said in read(page)
    assert f'<html lang="{language}"' in page.content.decode()
    assert not [link for link in links(page) if link and link.startswith("http")]  # it needs no other site
    assert "**" not in read(page)


def test_guide_is_for_staff(db):
    assert Client().get("/admin/guide/").status_code == 302


def test_marks_become_elements_and_nothing_else_does():
    text = "# Title\n\n## Part <one>\n\n| a | b |\n|---|---|\n| 1 | **2** |\n\n* one\n  goes on\n* `two`\n\nPlain."

    assert as_html(text) == (
        '<h2 id="part-1">Part &lt;one&gt;</h2>'
        "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td><strong>2</strong></td></tr></table>"
        "<ul><li>one goes on</li><li><code>two</code></li></ul>"
        "<p>Plain.</p>"
    )


ROOT = Path(__file__).parents[2]
DJANGO = Path(django.__file__).parent
CATALOGUES = [
    ROOT / "locale/km/LC_MESSAGES/django.po",
    ROOT / "locale_django/km/LC_MESSAGES/django.po",
    *DJANGO.glob("**/km/LC_MESSAGES/django.po"),
]
PLACEHOLDER = re.compile(r"%\(\w+\)s|%s|\{\w+\}")
# What stands in quotation marks and is no label: what people type, what is read in a table, parts of an address.
NO_LABELS = {
    *["Day 1: March 26, 2024", "8:30 – 8:35", "Session 3", "[TBC]", "Theme 1: … (3 topics)", "Room 1", "10–14"],
    *["ថ្ងៃទី១៖ ថ្ងៃទី២៦ ខែមីនា ឆ្នាំ២០២៤", "៨:៣០ – ៨:៣៥", "វគ្គទី៣", "មូលបទទី១៖ … (៣ ប្រធានបទ)", "បន្ទប់ទី១", "១០–១៤"],
    *["now", "changes"],
}


def spelt(label):
    """Without what a sentence of the guide changes of it."""
    return re.sub(r"\s+", " ", label).strip().rstrip(".។:៖").casefold()


def labels(language):
    """All that the interface says in a language, and the names of groups and rights, which are as they are stored."""
    found = {name.partition(" – ")[0] for name in GROUPS}
    for path in CATALOGUES:
        with path.open(encoding="utf-8") as file:
            for message in read_po(file, locale="km"):
                texts = message.id if language == "en" else message.string
                found.update(texts if isinstance(texts, list | tuple) else [texts])
    found |= {PLACEHOLDER.split(text)[0] + "…" for text in found if PLACEHOLDER.search(text)}
    for model in apps.get_models():
        names = model._meta.verbose_name_raw
        found |= {f"Can {act} {names}" for act in ("view", "add", "change", "delete")}
        found |= {str(name) for _code, name in model._meta.permissions}
        with override(language):
            found.add(f"{'Add' if language == 'en' else 'បន្ថែម'} {model._meta.verbose_name}")
    return {spelt(label) for label in found | NO_LABELS}


@pytest.mark.parametrize(("language", "quoted"), [("en", "“([^”]+)”"), ("km", "«([^»]+)»")], ids=["en", "km"])
def test_guide_calls_everything_as_the_interface_does(language, quoted):
    text = (ROOT / "docs" / f"staff.{language}.md").read_text(encoding="utf-8")

    named = {spelt(label) for label in re.findall(quoted, text)}

    assert len(named) > 50
    assert named - labels(language) == set()


@pytest.mark.parametrize("path", ["docs/staff.km.md", "locale/km/LC_MESSAGES/django.po"])
def test_khmer_says_who_does_it(path):
    """No sentence with «ត្រូវបាន» where an active one does."""
    assert "ត្រូវបាន" not in (ROOT / path).read_text(encoding="utf-8")


END = "(?![\\w\u1780-\u17d3])"  # of a word in either script


@pytest.mark.parametrize("language", ["en", "km"])
def test_each_way_to_a_table_begins_with_the_heading_under_which_it_stands(language):
    """“Sign-up → Intakes”: as the first page of the admin groups the tables, and in its words."""
    guide = re.sub(r"\s+", " ", (ROOT / f"docs/staff.{language}.md").read_text(encoding="utf-8")).casefold()
    tables = {model._meta.object_name: model._meta.verbose_name_plural for model in apps.get_models()}
    ways = 0
    with override(language):
        for shelf, names in SHELVES:
            for name in names.split():
                for before in re.findall(rf"(.{{40}}) → {re.escape(str(tables[name]).casefold())}{END}", guide):
                    ways += 1
                    assert before.endswith(str(shelf).casefold()), (before, name)
    assert ways > 8
