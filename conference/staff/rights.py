"""The rights of staff in the reader's language. Django keeps their names in English, as they were made."""

from django.contrib.auth.models import Permission
from django.forms import ModelMultipleChoiceField
from django.utils.translation import gettext as known  # of a text that stands in the catalogue already
from django.utils.translation import gettext_lazy

from conference.words import labelled

OF_DJANGO = {
    "add": gettext_lazy("can add"),
    "change": gettext_lazy("can change"),
    "delete": gettext_lazy("can delete"),
    "view": gettext_lazy("can view"),
}


def in_words(right: Permission) -> str:
    """Registration – travel request: can view"""
    what, _underscore, model = right.codename.partition("_")
    is_djangos = model == right.content_type.model and what in OF_DJANGO
    said = str(OF_DJANGO[what]) if is_djangos else known(right.name)
    return labelled(right.content_type, said)


def offer(field: "ModelMultipleChoiceField[Permission]") -> None:
    """The rights to choose from, in words."""
    if field.queryset is not None:
        field.queryset = field.queryset.select_related("content_type")
    field.label_from_instance = in_words  # type: ignore[assignment] # as Django's documents tell to do
