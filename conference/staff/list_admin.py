"""The base of every admin of ours: a list takes the parameters of its own filters, and no others.

Django also takes parameters that only stand in the address of a list: on any column of the table, and on other tables.
Staff could learn from them, by yes and no, what they may see in no list. So each page says which parameters it takes,
by their full names; to all else it answers 400, and says so (conference.serving.errors.NotTaken).
"""

import re
from collections.abc import Collection, Iterator
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import (
    FORMFIELD_FOR_DBFIELD_DEFAULTS,
    IS_FACETS_VAR,
    IS_POPUP_VAR,
    TO_FIELD_VAR,
    IncorrectLookupParameters,
)
from django.contrib.admin.templatetags import admin_list
from django.contrib.admin.utils import get_fields_from_path
from django.contrib.admin.views.main import ALL_VAR, ERROR_FLAG, ORDER_VAR, PAGE_VAR, SEARCH_VAR, ChangeList
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.contrib.auth import get_permission_codename
from django.contrib.auth.models import AnonymousUser, User
from django.core.exceptions import FieldDoesNotExist
from django.core.paginator import InvalidPage
from django.db import models
from django.forms import Field
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from conference.forms import DayAndTime, TimeOfDay
from conference.language.khmer import LONGEST_SEARCH
from conference.serving.converters import Key
from conference.serving.errors import NotTaken
from conference.staff.edition_filter import shown_edition
from conference.staff.history_words import in_words, names_here

# What Django writes into the address of every list. None of them names a column or a table: `_to_field` does, and
# Django takes only the columns by which other tables point here.
OF_EVERY_LIST = {
    ALL_VAR,
    ERROR_FLAG,
    IS_FACETS_VAR,
    IS_POPUP_VAR,
    ORDER_VAR,
    PAGE_VAR,
    SEARCH_VAR,
    TO_FIELD_VAR,
}
KEY = re.compile(Key.regex)
OF_AUTOCOMPLETE = {"app_label", "model_name", "field_name", "term", "page"}


# For every time and address on every page of the admin: its rows that stand inside others are not of one base class.
FORMFIELD_FOR_DBFIELD_DEFAULTS[models.TimeField]["form_class"] = TimeOfDay
FORMFIELD_FOR_DBFIELD_DEFAULTS[models.DateTimeField]["form_class"] = DayAndTime
FORMFIELD_FOR_DBFIELD_DEFAULTS[models.URLField]["assume_scheme"] = "https"


def boolean_icon(value: bool | None) -> str:
    """As Django draws it, but its words are in the reader's language."""
    icon, words = {True: ("yes", _("Yes")), False: ("no", _("No")), None: ("unknown", _("Unknown"))}[value]
    return format_html('<img src="{}" alt="{}">', static(f"admin/img/icon-{icon}.svg"), words)


admin_list._boolean_icon = boolean_icon


def take_only(request: HttpRequest, names: Collection[str], *, back: str = "") -> None:
    """Raises NotTaken if another parameter stands in the address; `back` is the page to go on with."""
    if not request.GET.keys() <= set(names):
        raise NotTaken(back)


def may_change_row(user: User | AnonymousUser, row: models.Model) -> bool:
    """On a page of our own, which changes rows of several tables."""
    meta = row._meta
    return user.has_perm(f"{meta.app_label}.{get_permission_codename('change', meta)}")


def say_language(db_field: "models.Field[Any, Any]", field: Field | None) -> Field | None:
    """A screen reader speaks what staff type in Khmer with the voice for Khmer."""
    if field and (in_language := re.search(r"_(en|km)$", db_field.name)):
        field.widget.attrs["lang"] = in_language[1]
    return field


def without_buttons(field: Field | None) -> Field | None:
    """A choice without the buttons beside it, which lead away from what is typed."""
    if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
        field.widget = field.widget.widget
    return field


class ListAdmin(admin.ModelAdmin):
    when_public: str | Promise = ""  # stands above the fields: when the public sees what is saved here

    def formfield_for_dbfield(self, db_field: "models.Field[Any, Any]", request: HttpRequest, **kwargs: Any) -> Any:
        return say_language(db_field, super().formfield_for_dbfield(db_field, request, **kwargs))

    def get_fieldsets(self, request: HttpRequest, obj: models.Model | None = None) -> Any:
        (name, first), *others = super().get_fieldsets(request, obj)
        if self.when_public:
            first = first | {"description": self.when_public}
        return [(name, first), *others]

    def get_search_results(self, request: HttpRequest, queryset: "models.QuerySet[Any]", search_term: str) -> Any:
        return super().get_search_results(request, queryset, search_term[:LONGEST_SEARCH])

    def parameters(self, request: HttpRequest) -> set[str]:
        """All that may stand in the address of this list, of its actions and of its exports: look-ups in full."""
        return OF_EVERY_LIST | self._of_filters(request)

    def _of_filters(self, request: HttpRequest) -> set[str]:
        """What the filters beside the list write into its address."""
        names = {f"{self.date_hierarchy}__{part}" for part in ("year", "month", "day") if self.date_hierarchy}
        for list_filter in self.get_list_filter(request):
            if isinstance(list_filter, type):
                names.add(list_filter.parameter_name)
                continue
            path = list_filter if isinstance(list_filter, str) else list_filter[0]
            field = get_fields_from_path(self.model, path)[-1]
            names.add(f"{path}__{field.target_field.name}__exact" if field.is_relation else f"{path}__exact")
            if field.null or (field.many_to_many and isinstance(list_filter, str)):  # Django's filter offers "empty"
                names.add(f"{path}__isnull")
        return names

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Django asks this as well, of what is left when it has taken its own parameters."""
        return lookup in self._of_filters(request)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The rows that were ticked for an action: keys, as the page itself writes them."""
        if any(not KEY.fullmatch(key) for key in request.POST.getlist(ACTION_CHECKBOX_NAME)):
            raise NotTaken(reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist"))
        response = super().changelist_view(request, extra_context)
        context = getattr(response, "context_data", None) or {}
        if "cl" not in context:
            return response
        filters = context["cl"].filter_specs
        if ticked := {one.name for one in filters if isinstance(one, Several)}:
            context["several"] = True
            context["kept"] = [
                (name, value)
                for name, values in request.GET.lists()
                if name not in ticked | {PAGE_VAR, ERROR_FLAG}
                for value in values
            ]
        if shown := shown_edition(context["cl"]):
            context["subtitle"], context["edition_shown"] = shown.in_words, shown.edition
        return response

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        response = super().history_view(request, object_id, extra_context)
        if context := getattr(response, "context_data", None):
            names = names_here(self, request, context["object"])
            for line in context["action_list"]:
                line.change_message = in_words(line.change_message, names)
        return response

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """The rows of the list, of its actions and of its exports all come from here."""
        back = reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_changelist")
        take_only(request, self.parameters(request), back=back)
        try:
            return super().get_changelist_instance(request)
        except IncorrectLookupParameters as problem:
            if isinstance(problem.__context__, InvalidPage):
                raise  # its rows have gone meanwhile: Django leads to the whole list
            raise NotTaken(back) from problem


class FixedFilter(admin.SimpleListFilter):
    """A filter with the same answers, whatever the rows are."""

    answers: list[tuple[str, str]]

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return self.answers

    def value(self) -> str | None:
        """An answer that is not offered is refused: the whole list in its place would be taken for what was asked."""
        value = super().value()
        if value is not None and value not in dict(self.answers):
            raise IncorrectLookupParameters
        return value


class Several(admin.ChoicesFieldListFilter):
    """The answers of a column as boxes to tick: rows that have one of the ticked ones are shown.

    All boxes of a page belong to one form (templates/admin/change_list.html): what is ticked in another filter stays.
    """

    template = "admin/filter_several.html"

    @property
    def name(self) -> str:
        return self.lookup_kwarg

    def choices(self, changelist: ChangeList) -> Iterator[Any]:  # a type of the stubs alone
        _all, *each = super().choices(changelist)
        for choice, (value, _label) in zip(each, self.field.flatchoices, strict=True):
            yield {**choice, "value": value}


@admin.site.admin_view
def autocomplete(request: HttpRequest) -> HttpResponse:
    """Django's help to choose a row, with its own parameters alone, and only for a column that points to a row."""
    take_only(request, OF_AUTOCOMPLETE)
    app_label, model_name, column = (request.GET.get(name, "") for name in ("app_label", "model_name", "field_name"))
    try:
        is_column = apps.get_model(app_label, model_name)._meta.get_field(column).concrete
    except (LookupError, FieldDoesNotExist):
        is_column = False
    if not is_column:
        raise NotTaken
    return admin.site.autocomplete_view(request)


def never(
    model_admin: admin.ModelAdmin | admin.TabularInline, request: HttpRequest, obj: models.Model | None = None
) -> bool:
    """For `has_add_permission` and the like, of rows that only the rules write: no right of staff allows it."""
    return False
