"""Participants of earlier years who asked to be told: with one press staff write to them."""

from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.http import Http404
from django.utils.translation import gettext as _

from conference.staff.pages import admin_page, chosen_edition
from conference.words import digits
from registration.admin.messages import letters
from registration.bringing_in.earlier import who_asked
from registration.choices import MessageKind
from registration.models import BringingIn

TEMPLATE = "admin/registration/bringingin/earlier.html"


@admin.site.admin_view
@permission_required(["registration.view_registration", "registration.write_letter"], raise_exception=True)
def earlier_page(request):
    edition = chosen_edition(request)
    asked = who_asked(edition)
    if request.method == "POST":
        people = next((one.people for one in asked if str(one.edition.year) == request.POST.get("year")), [])
        if not people:
            raise Http404
        return letters.begin(request, people, kind=MessageKind.LATER_EVENT)
    title = _("Who asked to be told of the conference of %(year)s") % {"year": digits(edition.year)}
    return admin_page(request, TEMPLATE, title, opts=BringingIn._meta, edition=edition, asked=asked)
