"""The error summary of a form about several people: each error says about whom it is."""

from django.template import Library
from django.utils.translation import gettext as _

from conference.templatetags.bilingual import digits
from conference.templatetags.plain_forms import error_rows

register = Library()


@register.inclusion_tag("plain/error_summary.html")
def error_summary_of_people(form):
    rows = error_rows(form.helper)
    for number, person in enumerate(form.people, start=1):
        rows += [(control, _named(number, error)) for control, error in error_rows(person)]
    return {"rows": rows}


def _named(number, error):
    return _("Person %(number)s: %(error)s") % {"number": digits(number), "error": error}
