"""What was changed, on the page of a row's history. Django keeps the names of fields in English, as forms had them."""

import json
from collections.abc import Iterable, Mapping

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils import translation
from django.utils.text import capfirst


def names_here(model_admin: "admin.ModelAdmin[Model]", request: HttpRequest, row: Model | None) -> dict[str, str]:
    """In the reader's language the fields and tables of a page, by their names in English."""
    named: list[object] = []
    for field in model_admin.model._meta.get_fields():
        if field.concrete:
            named.append(capfirst(field.verbose_name))
    named += _labels(model_admin.get_form(request, row, change=True))
    for inline in model_admin.get_inline_instances(request, row):
        named += [inline.model._meta.verbose_name, *_labels(inline.get_formset(request, row).form)]
    with translation.override(None):
        in_english = [str(name) for name in named]
    return dict(zip(in_english, map(str, named), strict=True))


def _labels(form: type) -> Iterable[object]:
    return [field.label for field in form.base_fields.values() if field.label]  # type: ignore[attr-defined]


def in_words(change_message: str, names: Mapping[str, str]) -> str:
    """The message as Django keeps it, with the names put in; what is no such message stays as it is."""
    try:
        parts = json.loads(change_message)
    except ValueError:
        return change_message
    if not isinstance(parts, list):
        return change_message
    for part in parts:
        for what in part.values():
            if "fields" in what:
                what["fields"] = [names.get(field, field) for field in what["fields"]]
            if "name" in what:
                what["name"] = names.get(what["name"], what["name"])
    return json.dumps(parts)
