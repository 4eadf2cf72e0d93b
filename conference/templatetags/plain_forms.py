"""Parts of a page with a form: the error summary above its heading, and long lists of choices in folds."""

from typing import Any, NamedTuple

from django.forms import BaseForm, BoundField
from django.forms.widgets import CheckboxSelectMultiple, RadioSelect
from django.template import Library

register = Library()


@register.inclusion_tag("plain/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, list[tuple[str, object]]]:
    """Every error with a link to its control: for a group of choices, to the first one."""
    return {"rows": error_rows(form)}


def error_rows(form: BaseForm) -> list[tuple[str, object]]:
    fields = [field for field in form if not field.is_hidden]
    rows: list[tuple[str, object]] = [(_control_id(fields[0]), error) for error in form.non_field_errors()]
    return rows + [(_control_id(field), error) for field in fields for error in field.errors]


def _control_id(field: BoundField) -> str:
    if isinstance(field.field.widget, (RadioSelect, CheckboxSelectMultiple)):
        return field.subwidgets[0].id_for_label if field.subwidgets else field.auto_id
    return field.id_for_label or field.auto_id


class Fold(NamedTuple):
    title: object  # empty where the choices are not folded
    options: list[dict[str, Any]]
    is_open: bool


@register.filter
def folds(field: BoundField, groups: list[tuple[str, list[dict[str, Any]], int]]) -> list[Fold]:
    """The choices under the titles that the field gives them. What is chosen or wrong stands open."""
    options = [option for _group, one, _index in groups for option in one]
    titles: list[tuple[object, int]] = getattr(field.field, "folds", [])
    found, begin = [], 0
    for title, number in titles:
        inside = options[begin : begin + number]
        found.append(Fold(title, inside, bool(field.errors) or any(one["selected"] for one in inside)))
        begin += number
    return [*found, Fold("", options[begin:], is_open=True)]
