"""People by name: in the error summary of a form about several, and in a letter in both languages."""

from typing import TypedDict

from django.template import Library
from django.utils.translation import gettext as _

from conference.templatetags.plain_forms import error_rows
from conference.words import digits
from registration.forms.others import OthersForm
from registration.models import Registration

register = Library()


class ErrorRows(TypedDict):
    rows: list[tuple[str, object]]  # the id of a control, and what is wrong with its answer


@register.inclusion_tag("plain/error_summary.html")
def error_summary_of_people(form: OthersForm) -> ErrorRows:
    """In the order of the page: what is agreed to stands below the people."""
    of_helper, agreed = error_rows(form.helper), form.helper["agreed"].id_for_label
    rows = [row for row in of_helper if row[0] != agreed]
    for number, person in enumerate(form.people, start=1):
        for control, error in error_rows(person):
            rows.append((control, _("Person %(number)s: %(error)s") % {"number": digits(number), "error": error}))
    return {"rows": rows + [row for row in of_helper if row[0] == agreed]}


@register.filter
def name_in(registration: Registration, language: str) -> str:
    """For a page that stands in both languages. Other pages show `shown_name`."""
    return registration.name_in(language)
