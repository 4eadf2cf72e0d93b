"""Texts that are missing in one language, not yet read by a Khmer speaker, or use a wrong name."""

import json
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _
from translated_fields import to_attribute

from agenda.chase.items import item
from agenda.choices import Kind
from conference.khmer import COENG, store_clean
from conference.translated import IN_LANGUAGE

WRONG_NAMES = Path(__file__).parent.parent / "data" / "wrong_names.json"


def untitled_topics(rows):
    return [
        item(row, _("A topic under “%(theme)s” has no title") % {"theme": rows.tree.by_pk[row.parent_id]})
        for row in rows.held
        if row.kind == Kind.TOPIC and not row.title and row.parent_id
    ]


def one_language_only(rows):
    found = []
    for row in rows.bilingual:
        for here, missing in (("en", "km"), ("km", "en")):
            names = [name for name in _texts(type(row)) if _text(row, name, here) and not _text(row, name, missing)]
            if names:
                labels = ", ".join(
                    str(row._meta.get_field(to_attribute(name, missing)).verbose_name) for name in names
                )
                found.append(item(row, _("%(what)s: still without %(texts)s") % {"what": named(row), "texts": labels}))
    return found


def khmer_not_checked(rows):
    return [
        item(row, named(row))
        for row in rows.bilingual
        if not row.khmer_checked and any(_text(row, name, "km") for name in _texts(type(row)))
    ]


def wrong_names(rows):
    """Texts with a name that is not to be used, and the one to use instead (agenda/data/wrong_names.json)."""
    found = []
    for row in rows.bilingual:
        text = _comparable(" ".join(all_texts(row)))
        for entry in _wrong_names():
            if _comparable(entry["wrong"]) in text:
                found.append(item(row, _("%(what)s: says “%(wrong)s”; write “%(right)s”") % _said(row, entry)))
    return found


def _comparable(text):
    """Typed cleanly, and with the one of two subscripts that look alike (DA and TA)."""
    return store_clean(text).replace(COENG + "\u178a", COENG + "\u178f").casefold()


def _said(row, entry):
    return {"what": named(row), "wrong": entry["wrong"], "right": entry["right"]}


def all_texts(row):
    return [text for name in _texts(type(row)) for code in IN_LANGUAGE if (text := _text(row, name, code))]


def named(row):
    """What a row is and how it is called, short enough for a list."""
    name = str(row)
    name = name if len(name) <= 80 else f"{name[:80].rsplit(' ', 1)[0]} …"
    return f"{name} ({row._meta.verbose_name})"


def _text(row, name, language):
    return getattr(row, to_attribute(name, language))


@cache
def _texts(model):
    """The names of the texts of a model that are there in both languages."""
    columns = {field.name for field in model._meta.concrete_fields}
    return [name[:-3] for name in sorted(columns) if name.endswith("_en") and f"{name[:-3]}_km" in columns]


@cache
def _wrong_names():
    return json.loads(WRONG_NAMES.read_text(encoding="utf-8"))
