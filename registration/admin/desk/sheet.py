"""A whole paper list, entered afterwards: everyone who is expected on a day, in the order of the sign-in sheet."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from conference.staff.pages import admin_page
from conference.words import digits
from registration.admin.desk.common import for_desk_day
from registration.desk import paper
from registration.models import Attendance


@require_http_methods(["GET", "HEAD", "POST"])
@for_desk_day
def page(request, edition, shown):
    people = list(paper.expected_on(shown.day).only("pk", "code", "name_km", "name_latin", "organisation"))
    ticked = {row.pk for row in people if str(row.pk) in set(request.POST.getlist("there"))}
    typed, error = request.POST.get("numbers", "").strip(), ""
    if typed:
        try:
            ticked |= paper.keys_of(paper.numbers_in(typed, len(people)), people)
        except paper.NotNumbers as wrong:
            error = str(wrong)
    if request.method == "POST" and not typed:
        return _saved(request, edition, shown, ticked)
    there = set(Attendance.objects.filter(day=shown.day.pk).values_list("registration", flat=True))
    return admin_page(
        request,
        "admin/desk/sheet.html",
        _("Enter the paper list"),
        edition=edition,
        shown=shown,
        rows=[(number, row, row.pk in there, row.pk in ticked) for number, row in enumerate(people, start=1)],
        typed=typed if error else "",
        error=error,
        is_to_be_looked_at=bool(typed and not error),
        how_many_ticked=len(ticked - there),
    )


def _saved(request, edition, shown, ticked):
    try:
        new = paper.was_there(edition, shown.day, ticked, by=request.user)
    except paper.NotYet:
        messages.error(request, _("This day has not come yet: nothing was noted."))
    else:
        said = ngettext("%(number)s person is noted as there.", "%(number)s people are noted as there.", new)
        messages.success(request, said % {"number": digits(new)})
    return redirect("desk:sheet", edition.year, shown.number)
