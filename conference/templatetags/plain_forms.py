"""The error summary that stands above the heading of a page with a form."""

from django.forms.widgets import CheckboxSelectMultiple, RadioSelect
from django.template import Library

register = Library()


@register.inclusion_tag("plain/error_summary.html")
def error_summary(form):
    """Every error with a link to its control: for a group of choices, to the first one."""
    return {"rows": error_rows(form)}


def error_rows(form):
    fields = [field for field in form if not field.is_hidden]
    rows = [(_control_id(fields[0]), error) for error in form.non_field_errors()]
    return rows + [(_control_id(field), error) for field in fields for error in field.errors]


def _control_id(field):
    if isinstance(field.field.widget, (RadioSelect, CheckboxSelectMultiple)):
        return field.subwidgets[0].id_for_label if field.subwidgets else field.auto_id
    return field.id_for_label or field.auto_id
