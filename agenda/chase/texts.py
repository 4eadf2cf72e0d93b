"""Texts that are missing in one language, not yet read by a Khmer speaker, or use a wrong name."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _
from translated_fields import to_attribute

from agenda.chase.items import Item
from agenda.chase.rows import Rows
from agenda.choices import Kind
from conference.language.khmer import COENG, INVISIBLE, store_clean
from conference.language.translated import Bilingual
from conference.words import comma

WRONG_NAMES = json.loads((Path(__file__).parent.parent / "data" / "wrong_names.json").read_text(encoding="utf-8"))


def untitled_topics(rows: Rows) -> list[Item]:
    found = []
    for row in rows.held:
        if row.kind == Kind.TOPIC and not row.title and row.parent_id:
            theme = rows.tree.by_pk[row.parent_id]
            found.append(Item(row, _("A topic under “%(theme)s” has no title") % {"theme": theme}))
    return found


def one_language_only(rows: Rows) -> list[Item]:
    found = []
    for row in rows.bilingual:
        labels = {field.name: field.verbose_name for field in row._meta.concrete_fields}
        for here, missing in (("en", "km"), ("km", "en")):
            texts = [
                str(labels[to_attribute(name, missing)])
                for name in names_of_texts(type(row))
                if getattr(row, to_attribute(name, here)) and not getattr(row, to_attribute(name, missing))
            ]
            if texts:
                said = {"what": named(row), "texts": comma().join(texts)}
                found.append(Item(row, _("%(what)s: still without %(texts)s") % said))
    return found


def khmer_not_checked(rows: Rows) -> list[Item]:
    return [Item(row, named(row)) for row in with_khmer(rows) if not row.khmer_checked]


def with_khmer(rows: Rows) -> Iterator[Bilingual]:
    return (row for row in rows.bilingual if any(getattr(row, f"{name}_km") for name in names_of_texts(type(row))))


def wrong_names(rows: Rows) -> list[Item]:
    """Texts with a name that is not to be used, and the one to use instead (agenda/data/wrong_names.json)."""
    found, names = [], [(entry, _comparable(entry["wrong"])) for entry in WRONG_NAMES]
    for row in rows.bilingual:
        text = _comparable(" ".join(all_texts(row)))
        for entry, wrong in names:
            if wrong in text:
                said = {"what": named(row), "wrong": entry["wrong"], "right": entry["right"]}
                found.append(Item(row, _("%(what)s: says “%(wrong)s”; write “%(right)s”") % said))
    return found


def _comparable(text: str) -> str:
    """Typed cleanly, and with the one of two subscripts that look alike (DA and TA)."""
    return INVISIBLE.sub("", store_clean(text)).replace(COENG + "\u178a", COENG + "\u178f").casefold()


def all_texts(row: Bilingual) -> list[str]:
    texts = [getattr(row, name) for name in names_of_texts(type(row))]
    return [text for both in texts for text in (both.en, both.km) if text]


def named(row: Bilingual) -> str:
    """What a row is and how it is called, short enough for a list."""
    name = str(row)
    name = name if len(name) <= 80 else f"{name[:80].rsplit(' ', 1)[0]} …"
    return f"{name} ({row._meta.verbose_name})"


def columns_of_texts(row: Bilingual) -> list[str]:
    """The columns of all its texts, in both languages."""
    return [f"{name}_{code}" for name in names_of_texts(type(row)) for code in ("en", "km")]


@cache
def names_of_texts(model: type[Bilingual]) -> list[str]:
    """The names of the texts of a model that are there in both languages."""
    columns = {field.name for field in model._meta.concrete_fields}
    return [name[:-3] for name in sorted(columns) if name.endswith("_en") and f"{name[:-3]}_km" in columns]
