"""What cannot be deleted because something else needs it: said in words and a number, never by name.

The database's own rule decides (on_delete=PROTECT). A model that protects says why itself (`in_the_way`). Of other
models only the number is told: their rows may be of participants, whom the editors of the programme must not see.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import wraps
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import NestedObjects
from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS, IntegrityError
from django.db.models import Model, ProtectedError, QuerySet
from django.forms.formsets import DELETION_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from conference.staff.inline_rows import OnceEach
from conference.words import digits

Going = Mapping[type[Model], Iterable[Model]]  # what is to be deleted, with all that goes with it


def nothing_more(_going: Going) -> list[str]:
    return []


def in_the_way(rows: Sequence[Model] | QuerySet[Any], more: Callable[[Going], list[str]] = nothing_more) -> list[str]:
    """Why these rows, with all that goes with them, cannot be deleted: a line for each kind of row that needs them.

    Empty where nothing does. `more` says what stands in the way besides rows.
    """
    found = NestedObjects(using=DEFAULT_DB_ALIAS)
    found.collect(rows)
    protecting = defaultdict(list)
    for row in found.protected:
        protecting[type(row)].append(row)
    said = []
    for model, needing in protecting.items():
        if hasattr(model, "in_the_way"):
            said.append(model.in_the_way(needing))
        else:
            said.append(f"{capfirst(model._meta.verbose_name_plural)} ({digits(len(needing))})")
    return sorted(said) + more(found.data)


def deleted_objects(
    model_admin: "admin.ModelAdmin[Any]",
    objs: Sequence[Model] | QuerySet[Any],
    request: HttpRequest,
    more: Callable[[Going], list[str]] = nothing_more,
) -> tuple[list[Any], dict[str, int], set[str], list[str]]:
    """For `get_deleted_objects` of an admin: the page of one row and the list both ask it before they delete."""
    if said := in_the_way(objs, more):
        return [], {}, set(), said
    return admin.ModelAdmin.get_deleted_objects(model_admin, objs, request)


def said_if_needed_meanwhile(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For a view of an admin that deletes: a row that needs what is deleted came after the look at what is in the way.

    PostgreSQL then refuses at the end of the transaction. The page is shown again, and says what is in the way now.
    """

    @wraps(view)
    def of_admin(
        model_admin: "admin.ModelAdmin[Any]", request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        try:
            return view(model_admin, request, *args, **kwargs)
        except (ProtectedError, IntegrityError):
            if request.method != "POST":
                raise
            messages.error(request, _("Nothing was deleted: it is needed since you looked. Look again."))
            return redirect(request.get_full_path())

    return of_admin


class KeepsWhatIsNeeded(OnceEach):
    """Rows with a tick to delete them. Django's own refusal would list what is in the way by name."""

    more = staticmethod(nothing_more)

    def clean(self) -> None:
        ticked = [form.instance for form in self.initial_forms if form.cleaned_data.get(DELETION_FIELD_NAME)]
        if said := in_the_way(ticked, self.more):
            raise ValidationError(said)
        super().clean()
