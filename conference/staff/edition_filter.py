"""The edition at work is what the lists of the staff show, until another year is chosen, or all of them."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from conference import clock
from conference.models import Edition
from conference.words import digits

ALL = "all"
PARAMETER = "edition"


class EditionFilter(admin.SimpleListFilter):
    """Made by `of_edition`, for rows from which `path` leads to their edition."""

    title = _("edition")
    parameter_name = PARAMETER
    path = ""

    def lookups(self, request: HttpRequest, model_admin: "admin.ModelAdmin[Any]") -> list[tuple[str, str]]:
        self.by_year = {str(edition.year): edition for edition in Edition.objects.latest_first()}
        self.at_work = Edition.objects.at_work(clock.today())
        return [(year, digits(year)) for year in self.by_year] + [(ALL, gettext("All years"))]

    @property
    def edition(self) -> Edition | None:
        """Whose rows are shown; None: those of all editions. A year that is not offered is refused."""
        value = self.value()
        if value == ALL:
            return None
        if value is not None and value not in self.by_year:
            raise IncorrectLookupParameters
        return self.at_work if value is None else self.by_year[value]

    @property
    def in_words(self) -> str:
        return str(self.edition or gettext("All years"))

    def choices(self, changelist: ChangeList) -> Iterator[Any]:  # a type of the stubs alone
        shown = str(self.edition.year) if self.edition else ALL
        for value, words in self.lookup_choices:
            query = changelist.get_query_string({self.parameter_name: value})
            yield {"selected": value == shown, "query_string": query, "display": words}

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(**{self.path: self.edition}) if self.edition else queryset


def of_edition(path: str = "edition") -> type[EditionFilter]:
    return type("OfEdition", (EditionFilter,), {"path": path})


def shown_edition(changelist: ChangeList) -> EditionFilter | None:
    """The filter of a list, which knows the edition that is shown; None for a list that is of no edition."""
    return next((one for one in changelist.filter_specs if isinstance(one, EditionFilter)), None)
