"""What lists and pages show of a row beside its own columns, as methods for `list_display` and `readonly_fields`."""

from django.contrib import admin
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from conference.words import moment, phone

EMPTY = "-"  # as Django shows it


def displayed(label, get, ordering=None):
    """What `get` makes of the row."""
    return admin.display(description=label, ordering=ordering)(lambda _model_admin, row: get(row))


def further_answers(questions, answers):
    """What a person answered to questions of our own, a line for each."""
    said = [(str(one.label), words) for one in questions if (words := one.in_words(answers))]
    return format_html_join(mark_safe("<br>"), "{} – {}", said) or EMPTY


def unlinked(model, name):
    """What the row belongs to. Django would link it, also for staff who have no right to open it."""
    return displayed(model._meta.get_field(name).verbose_name, lambda row: getattr(row, name) or EMPTY)


def with_name(request, columns):
    """The columns of a list, with the person's name behind their number for staff who may see registrations."""
    may_see = request.user.has_perm("registration.view_registration")
    return [columns[0], "name", *columns[1:]] if may_see else list(columns)


def in_words(model, name):
    """When something was. In Khmer, Django would mix its words with the digits 0-9."""
    label = model._meta.get_field(name).verbose_name
    return displayed(label, lambda row: moment(getattr(row, name)) if getattr(row, name) else EMPTY, ordering=name)


def to_call(number):
    """A telephone number that one press calls. As it is where it is none: a Telegram name, an address."""
    is_number = number.startswith("+") and number[1:].isdecimal()
    return format_html('<a href="tel:{}">{}</a>', number, phone(number)) if is_number else number


def called_at(registration):
    """How staff reach a person by voice: their own telephone, or that of the helper through whom they are reached."""
    if helper := registration.reached_through:
        return format_html("{}<br>{}", helper.name, to_call(helper.phone))
    return to_call(registration.phone) or registration.telegram or EMPTY
