"""The base of every admin of ours: a list is filtered by the filters beside it, and by nothing else.

Django also takes filters that only stand in the address of a list: on any column of the table, and on other tables.
Staff could learn from them, by yes and no, what they may see in no list.
"""

from django.contrib import admin
from django.contrib.admin.utils import get_fields_from_path
from django.db import models
from django.http import HttpRequest


class ListAdmin(admin.ModelAdmin):
    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Django asks this for the list, its actions and its exports, and answers 400 to what is not allowed."""
        allowed: set[str] = set()  # what the filters write into the address, look-ups in full
        for list_filter in self.get_list_filter(request):
            if isinstance(list_filter, type):
                allowed.add(list_filter.parameter_name)
                continue
            path = list_filter if isinstance(list_filter, str) else list_filter[0]
            field = get_fields_from_path(self.model, path)[-1]
            allowed.add(f"{path}__{field.target_field.name}__exact" if field.is_relation else f"{path}__exact")
            if field.null or (field.many_to_many and isinstance(list_filter, str)):  # Django's filter offers "empty"
                allowed.add(f"{path}__isnull")
        return lookup in allowed


class FixedFilter(admin.SimpleListFilter):
    """A filter with the same answers, whatever the rows are."""

    answers: list[tuple[str, str]]

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return self.answers


def never(
    model_admin: admin.ModelAdmin | admin.TabularInline, request: HttpRequest, obj: models.Model | None = None
) -> bool:
    """For `has_add_permission` and the like, of rows that only the rules write: no right of staff allows it."""
    return False
