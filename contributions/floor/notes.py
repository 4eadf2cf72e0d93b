"""The note-taker's page, by an own link. It is sent as often as the note-taker likes; the last one counts.

Without a network the browser keeps what was typed and sends it later (static/js/notes.js), and the page opens again
(static/js/notes-worker.js). Where another device of the same group has saved meanwhile, both texts stand on the page
until the note-taker has joined them.
"""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_safe

from conference.serving.workers import worker_script
from contributions.floor.forms import NoteForm
from contributions.floor.links import link_address, link_of, not_open, private
from contributions.floor.open_floors import title_of
from contributions.models import FloorLink, LinkKind, Note
from contributions.typed import labels_of, typed_back
from registration.views.busy import nothing_lost

TYPED = labels_of(NoteForm)
TEXTS = ("said", "agreed", "differed", "proposals")


@never_cache
@require_safe
def worker(_request: HttpRequest) -> HttpResponse:
    """Under the address of the notes: a service worker rules over what lies below it, and over nothing else."""
    return worker_script("notes-worker.js")


class SavedMeanwhile(Exception):
    def __init__(self, note: Note) -> None:
        super().__init__()
        self.note = note


def save(link: FloorLink, texts: dict[str, str], seen: int) -> Note:
    """Raises SavedMeanwhile where the note is another than the one that was seen, unless it says the same."""
    with transaction.atomic():
        # The row of the link is there always: two first notes at once wait for one another.
        FloorLink.objects.select_for_update().get(pk=link.pk)
        note = Note.objects.filter(link=link).first()
        if note is None:
            return Note.objects.create(link=link, **texts)
        if all(getattr(note, name) == text for name, text in texts.items()):
            return note
        if note.version != seen:
            raise SavedMeanwhile(note)
        for name, text in texts.items():
            setattr(note, name, text)
        note.version += 1
        note.save()
        return note


def _note_of(link: FloorLink) -> Note | None:
    return Note.objects.filter(link=link).first()


def _again(request: HttpRequest, **happened: Any) -> HttpResponse:
    match = request.resolver_match
    link = link_of(match.kwargs["token"] if match else "", LinkKind.NOTE_TAKER)
    if link is None:
        return typed_back(request, TYPED) or not_open(request)
    return _page(request, link, NoteForm.keep(request.POST), **happened)


@never_cache
@sensitive_variables("token")
@require_http_methods(["GET", "HEAD", "POST"])
@nothing_lost(_again)
def note(request: HttpRequest, token: str) -> HttpResponse:
    link = link_of(token, LinkKind.NOTE_TAKER)
    if link is None:
        return typed_back(request, TYPED) or not_open(request)
    if request.method == "POST":
        form = NoteForm(request.POST)
        if not form.is_valid():
            return _page(request, link, form, status=400)
        try:
            save(link, {name: form.cleaned_data[name] for name in TEXTS}, form.cleaned_data["seen"] or 0)
        except SavedMeanwhile as problem:
            typed = {name: form.cleaned_data[name] for name in TEXTS} | {"seen": problem.note.version}
            return _page(request, link, NoteForm(initial=typed), meanwhile=problem.note, status=409)
        return private(redirect(f"{link_address(link)}?saved"))
    found = _note_of(link)
    first = {name: getattr(found, name) for name in TEXTS} | {"seen": found.version} if found else {"seen": 0}
    return _page(request, link, NoteForm(initial=first), note=found)


def _page(
    request: HttpRequest, link: FloorLink, form: NoteForm, *, status: int = 200, **happened: Any
) -> HttpResponse:
    floor = link.floor
    request.edition = floor.edition  # type: ignore[attr-defined]  # for templates (context_processors)
    context = {
        "edition": floor.edition,
        "floor": floor,
        "link": link,
        "title": title_of(floor) or floor.title,
        "form": form,
        "saved": "saved" in request.GET,
        **happened,
    }
    return private(render(request, "contributions/floor/note.html", context, status=status))
