"""The error summary that stands above the heading of a page with a form."""

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
