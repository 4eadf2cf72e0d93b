"""The base of every admin of ours: a list is filtered by the filters beside it, and by nothing else.

Django takes other questions in the address of a list, too, and each answers yes or no: about any column of the table,
and about other tables. Staff who may see the list could learn so what they may not read.
"""

from django.contrib import admin
from django.contrib.admin.utils import get_fields_from_path
from django.http import HttpRequest


class ListAdmin(admin.ModelAdmin):
    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Django asks this for the list, its actions and its exports, and answers 400 to what is not allowed."""
        return any(lookup in self._parameters(one) for one in self.get_list_filter(request))

    def _parameters(self, list_filter) -> set[str]:
        """What a filter writes into the address, look-ups in full."""
        if isinstance(list_filter, type):
            return {list_filter.parameter_name}
        path = list_filter if isinstance(list_filter, str) else list_filter[0]
        field = get_fields_from_path(self.model, path)[-1]
        exact = f"{path}__{field.target_field.name}__exact" if field.is_relation else f"{path}__exact"
        return {exact, f"{path}__isnull"} if field.null else {exact}
