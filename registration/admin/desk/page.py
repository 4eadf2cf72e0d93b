"""The page of the desk: find a person, press one button. It works without JavaScript."""

from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from conference import clock
from conference.models import Edition
from conference.staff.list_admin import take_only
from conference.staff.pages import admin_page
from registration.admin.common.locked import tell_offered
from registration.admin.desk.common import RIGHT, for_desk_day, tell
from registration.desk import arrivals
from registration.desk.counts import counts_of
from registration.desk.days import day_to_show, days_of
from registration.desk.finding import find
from registration.desk.officers import arrangements_wait, rooms_on
from registration.desk.people import seen
from registration.desk.tokens import with_tokens
from registration.models import DeskAct, Registration
from registration.places.lock import NoPlaceLeft, TooLate
from registration.signing_up import transitions

GIVES_PLACES = "registration.change_registration"


@require_safe
@admin.site.admin_view
@permission_required(RIGHT, raise_exception=True)
def today(request):
    """Today's day of the edition at work, or the one that is nearest."""
    edition = Edition.objects.at_work(clock.today())
    shown = day_to_show(days_of(edition)) if edition else None
    if shown is None:
        said = _("No day of a conference is published yet: the desk opens with the first one.")
        return admin_page(request, "admin/desk/closed.html", _("Desk"), said=said)
    return redirect("desk:day", edition.year, shown.number)


@require_safe
@for_desk_day
def page(request, edition, shown):
    take_only(request, {"q", "done"}, back=request.path)
    typed, done = request.GET.get("q", "").strip(), request.GET.get("done", "")
    keys, more = find(edition, typed) if typed else ([], False)
    rows = Registration.objects.filter(edition=edition)
    by_key = {person.row.pk: person for person in seen(rows.filter(pk__in=keys), shown.day)} if keys else {}
    people = [by_key[key] for key in keys if key in by_key]
    if typed:
        _for_officers(request.user, people, shown.day)
    just_done = seen(rows.filter(badge_token=done), shown.day) if done else []
    return admin_page(
        request,
        "admin/desk/page.html",
        _("Desk"),
        edition=edition,
        shown=shown,
        days=request.desk_days,
        counts=counts_of(edition, shown.day),
        typed=typed,
        people=people,
        more=more,
        just_done=just_done[0] if just_done else None,
        may_give=request.user.has_perm(GIVES_PLACES),
    )


def _for_officers(user, people, day):
    """What only some may see beside a name."""
    rows = [person.row for person in people]
    waiting = arrangements_wait(rows) if user.has_perm("registration.view_arrangement") else set()
    rooms = rooms_on(rows, day) if user.has_perm("registration.view_stay") else {}
    for person in people:
        person.arrangement_waits = person.row.pk in waiting
        person.room = rooms.get(person.row.pk, "")


@require_POST
@for_desk_day
def press(request, edition, shown):
    """One button: in, undo, or a place and in. Leads back to the search, ready for the next person."""
    token = request.POST.get("token", "")
    row = with_tokens([token]).get(token)
    row = row if row and row.edition_id == edition.pk else None
    if row and "place" in request.POST and request.user.has_perm(GIVES_PLACES):
        _give_place(request, row)
    what = DeskAct.What.UNDO if "undo" in request.POST else DeskAct.What.IN
    answer = arrivals.note_one(edition, shown.day, token, what, by=request.user)
    tell(request, answer, row.name_in(get_language() or "") if row else "")
    address = reverse("desk:day", args=[edition.year, shown.number])
    return redirect(f"{address}?{urlencode({'done': row.badge_token})}" if row else address)


def _give_place(request, row):
    """By hand, also beyond the order of the waiting list: the person is here."""
    try:
        tell_offered(request, transitions.confirm(row, by=request.user))
    except NoPlaceLeft:
        messages.warning(request, _("No place is free."))
    except TooLate:
        messages.warning(request, _("The person cannot be given a place from where they stand now."))
