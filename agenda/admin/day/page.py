"""The page of a day: its sessions, a line for each, opened in place; and the day itself."""

from django.contrib import admin, messages
from django.contrib.admin.utils import construct_change_message
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from agenda.admin.day.forms import DayForm
from agenda.admin.day.sheet import Sheet
from agenda.models import Day
from conference.staff.list_admin import take_only
from conference.staff.pages import admin_page
from conference.words import date_only

PARAMETERS = {"row", "after", "under", "_changelist_filters"}  # the last: Django's, of the list that led here


def show(request, day):
    take_only(request, PARAMETERS, back=request.path)
    if request.method != "POST":
        return _shown(request, day, _form_of_day(request, day), Sheet(request, day))
    with transaction.atomic():
        form, sheet = _form_of_day(request, day), Sheet(request, day)
        onward = _save_day(request, form) if "day" in request.POST else sheet.save(request)
    return redirect(onward) if onward else _shown(request, day, form, sheet)


def _form_of_day(request, day):
    if not admin.site.get_model_admin(Day).has_change_permission(request, day):
        return None
    return DayForm(request.POST if "day" in request.POST else None, instance=day, prefix="day")


def _save_day(request, form):
    """Where to go on, or None where something is to be put right."""
    if form is None:
        raise PermissionDenied
    if not form.is_valid():
        return None
    form.save()
    model_admin = admin.site.get_model_admin(Day)
    model_admin.log_change(request, form.instance, construct_change_message(form, None, False))
    messages.success(request, _("Saved."))
    return request.path


def _shown(request, day, form, sheet):
    sheet.focus()
    wrong = sheet.wrong or (form and form.is_bound and form.errors)
    return admin_page(
        request,
        "admin/agenda/day/page.html",
        date_only(day.date),
        status=400 if wrong else 200,
        day=day,
        days=day.edition.days.all(),
        form=form,
        sheet=sheet,
        wrong=wrong,
        may_see=sheet.may_change or request.user.has_perm("agenda.view_session"),
        may_delete=admin.site.get_model_admin(Day).has_delete_permission(request, day),
    )
