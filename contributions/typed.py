"""What was typed for a page that is no longer there: it comes back, to be copied, with a word about it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise

Labels = Mapping[str, str | Promise]


def labels_of(form: type[forms.Form]) -> Labels:
    """The fields into which words are typed."""
    fields: dict[str, Any] = form.base_fields
    words = {name: one for name, one in fields.items() if isinstance(one, forms.CharField)}
    return {name: one.label or "" for name, one in words.items() if not one.widget.is_hidden}


def typed_back(request: HttpRequest, labels: Labels, why: str | Promise = "") -> HttpResponse | None:
    """None where nothing was sent: the caller says in its own way that there is nothing here."""
    if request.method != "POST":
        return None
    typed = {name: (label, request.POST.get(name, "").strip()) for name, label in labels.items()}
    found = [(name, label, words) for name, (label, words) in typed.items() if words]
    context = {"found": found, "why": why}
    return render(request, "contributions/typed_back.html", context, status=404) if found else None


def typed_back_or_404(request: HttpRequest, labels: Labels) -> HttpResponse:
    back = typed_back(request, labels)
    if back is None:
        raise Http404
    return back
