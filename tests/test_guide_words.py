"""The guide for staff calls everything as the interface does, that of the apps on top too."""

import re
from pathlib import Path

import django
import pytest
from babel.messages.pofile import read_po
from django.apps import apps
from django.utils.translation import override

from conference.rooms_above import rooms_above
from registration.staff import GROUPS

ROOT = Path(__file__).parents[1]
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
    groups = [*GROUPS, *(name for room in rooms_above() for name in room.groups)]
    found = {name.partition(" – ")[0] for name in groups}
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
