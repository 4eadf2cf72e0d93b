"""The day pack: all that is printed for one day of the conference, file by file or at once.

Every member of staff sees what they may take, and nothing of the rest. Sensitive answers ask for a reason. All at once
takes a while: each request of `making` makes some files, and a page that loads itself again says how far it is.
"""

import time
from functools import wraps

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from conference import clock
from conference.models import Edition
from conference.staff.pages import admin_page, chosen_edition
from conference.words import day as day_name
from conference.words import digits
from registration.admin.common.downloads import XLSX, sent
from registration.forms.day_pack import PackForm
from registration.forms.reason import ReasonForm
from registration.lists.files import log_export
from registration.paper import making
from registration.paper.parts import TITLE, days_of, may_take_any, parts_for

TYPES = {"pdf": "application/pdf", "xlsx": XLSX}
FOLDER = "admin/paper"
LONG = 2  # seconds after which the page says anew how far it is
BUSY_PAUSE = 3  # seconds until the page asks again, where another file is being made


def for_staff(view):
    """For those for whom there is anything on these pages."""

    @wraps(view)
    def checked(request, *args, **kwargs):
        if not may_take_any(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return admin.site.admin_view(checked)


@for_staff
def first_page(request):
    """Today's, or that of the first day still to come."""
    edition = chosen_edition(request)
    days = days_of(edition)
    if not days:
        messages.warning(request, _("This edition has no days yet."))
        return redirect("admin:index")
    day = next((one for one in days if one.day.date >= clock.today()), days[0])
    return redirect("paper:day_pack", edition.year, day.number)


@for_staff
@sensitive_post_parameters("reason")
def day_page(request, year, number):
    days, day = _day(year, number)
    parts = parts_for(request.user, day)
    form = PackForm(parts, request.POST if request.method == "POST" else None)
    if form.is_valid():
        chosen = [part for part in parts if part.code in form.cleaned_data["parts"]]
        names = [part.name(day, ending) for part in chosen for ending in part.endings]
        making.begin(request.user.pk, making.Order(year, number, names, form.cleaned_data["reason"]))
        return redirect("paper:making")
    title = TITLE % {"day": day_name(day.day.date)}
    return admin_page(
        request,
        f"{FOLDER}/day_pack.html",
        f"{_('Error:')} {title}" if form.errors else title,
        chosen=day.edition,
        day=day,
        days=days,
        parts=parts,
        form=form,
        is_waiting=making.current(request.user.pk) is not None,
    )


@for_staff
@sensitive_post_parameters("reason")
def part_file(request, year, number, part, ending):
    """One file. For sensitive answers, a page that asks for the reason, and then the file.

    A file of which is noted that it was taken is given to a button alone.
    """
    _days, day = _day(year, number)
    found = next((one for one in parts_for(request.user, day) if one.code == part and ending in one.endings), None)
    if found is None:
        raise Http404
    if request.method == "POST" and not found.is_sensitive and not found.taken:
        return HttpResponseNotAllowed(["GET"])
    if request.method != "POST" and found.taken:
        return admin_page(request, f"{FOLDER}/reason.html", found.title, day=day, part=found)
    reason = None
    if found.is_sensitive:
        form = ReasonForm(request.POST if request.method == "POST" else None)
        if not form.is_valid():
            title = f"{_('Error:')} {found.title}" if form.errors else found.title
            return admin_page(request, f"{FOLDER}/reason.html", title, day=day, part=found, form=form)
        reason = form.cleaned_data["reason"]
    name = found.name(day, ending)
    told = []
    file = sent(name, lambda opened: told.append(found.endings[ending](opened)), TYPES[ending])
    _note(request, day, found, name, reason)
    if found.taken:
        found.taken(told[0])
    return file


@for_staff
def making_page(request):
    """How far it is. While something is still to be made the page goes on by itself, without JavaScript."""
    order = making.current(request.user.pk)
    if order is None:
        return _gone(request)
    made = making.made(request.user.pk, order)
    left = [name for name in order.files if name not in made]
    is_busy = "busy" in request.GET
    page = admin_page(
        request,
        f"{FOLDER}/making.html",
        _("The files are being made") if left else _("The files are ready"),
        order=order,
        made=made,
        left=left,
        is_busy=is_busy,
        megabytes=digits(f"{making.size(request.user.pk, order) / 2**20:.1f}"),
    )
    if left:
        page["Refresh"] = f"{BUSY_PAUSE if is_busy else 0}; url={reverse('paper:making_next')}"
    return page


@for_staff
def making_next(request):
    """Makes the next files, as many as take no long time together: most of them are small."""
    order = making.current(request.user.pk)
    if order is None:
        return _gone(request)
    _days, day = _day(order.year, order.number)
    known = _files(request, day)
    began, made = time.monotonic(), making.made(request.user.pk, order)
    for name in [name for name in order.files if name not in made]:
        if name not in known:  # the right to it was taken away meanwhile, or the day is another one
            making.forget(request.user.pk)
            return _gone(request)
        part, write = known[name]
        try:
            if making.make(request.user.pk, name, write):
                _note(request, day, part, name, order.reason)
        except making.Busy:
            return redirect(f"{reverse('paper:making')}?busy")
        except making.Gone:
            return _gone(request)
        if time.monotonic() - began > LONG:
            break
    return redirect("paper:making")


@for_staff
@require_POST
def making_take(request):
    """The ZIP, once: the files are deleted before it is sent."""
    order = making.current(request.user.pk)
    if order is None or making.made(request.user.pk, order) != order.files:
        return _gone(request)
    _days, day = _day(order.year, order.number)
    known = _files(request, day)
    if not known.keys() >= set(order.files):
        making.forget(request.user.pk)
        return _gone(request)
    try:
        told = {name: making.told_of(request.user.pk, name) for name in order.files}
        packed = making.take(request.user.pk, order)
    except making.Gone:
        return _gone(request)
    for name, of_file in told.items():
        part, _write = known[name]
        if part.taken:
            part.taken(of_file)
    name = f"day-pack-{order.year}-{order.number}.zip"
    headers = {"Cache-Control": "no-store"}
    return FileResponse(packed, as_attachment=True, filename=name, content_type="application/zip", headers=headers)


def _day(year, number):
    edition = Edition.objects.filter(year=year).first()
    days = days_of(edition) if edition else []
    day = next((one for one in days if one.number == number), None)
    if day is None:
        raise Http404
    return days, day


def _files(request, day):
    """By their names, all that this member of staff may take now: (the part, how it is written)."""
    return {
        part.name(day, ending): (part, write)
        for part in parts_for(request.user, day)
        for ending, write in part.endings.items()
    }


def _note(request, day, part, name, reason):
    """Before the file is given, where people are in it."""
    if part.columns:
        log_export(
            request.user,
            name,
            columns=part.columns,
            count=part.count(),
            edition=day.edition,
            reason=reason if part.is_sensitive else None,
        )


def _gone(request):
    messages.warning(request, _("There are no files to take: they were taken already, or an hour has gone."))
    return redirect("paper:first")
