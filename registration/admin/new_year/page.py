"""The page on which an edition is made ready: what is missing, what still speaks of the year before, every page."""

from dataclasses import dataclass

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.decorators import permission_required
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy, override

from agenda.editions.old_words import found_in, write
from agenda.models import Day
from conference.models import Edition
from conference.staff.list_admin import may_change_row
from conference.staff.pages import admin_page, tell_number
from conference.words import digits
from registration.admin.new_year.checks import checks, missing, missing_days
from registration.choices import Previewed
from registration.models import ExtraQuestion, Intake
from registration.views.preview import pages_of

WRITTEN = ngettext_lazy("%(number)s text was changed.", "%(number)s texts were changed.", "count")
MADE = ngettext_lazy("%(number)s day was made.", "%(number)s days were made.", "count")


@dataclass(frozen=True)
class Row:
    name: str
    phases: list[tuple[str, str, str]]  # what it is shown as, the address in English, in Khmer


@admin.site.admin_view
@permission_required("conference.change_edition", raise_exception=True)
def page(request, pk):
    edition = get_object_or_404(Edition, pk=pk)
    before = Edition.objects.filter(year__lt=edition.year).latest_first().first()
    found = found_in(edition, before, _other_rows(edition)) if before else []
    if request.method == "POST":
        _carry_out(request, edition, found)
        return redirect("admin:edition_ready", edition.pk)
    listed = checks(edition, len(found))
    return admin_page(
        request,
        "admin/edition_ready.html",
        _("Make ready"),
        chosen=edition,
        before=before,
        checks=listed,
        open_musts=[check for check in listed if check.is_must and not check.is_done],
        found=found,
        lacks_days=missing_days(edition),
        previews=_previews(edition),
    )


def _other_rows(edition):
    """What people read on the form."""
    return [*Intake.objects.filter(edition=edition), *ExtraQuestion.objects.of(edition)]


def _carry_out(request, edition, found):
    if "days" in request.POST and request.user.has_perm("agenda.add_day"):
        made = [Day.objects.create(edition=edition, date=date) for date in missing_days(edition)]
        tell_number(request, MADE, len(made))
    elif "public" in request.POST:
        _make_public(request, edition)
    elif "words" in request.POST:
        may = [one for one in found if may_change_row(request.user, one.row)]
        with transaction.atomic():
            rows = write(may, set(request.POST.getlist("text")))
            for row in rows:
                LogEntry.objects.log_actions(request.user.pk, [row], CHANGE, _("The year before"), single_object=True)
        tell_number(request, WRITTEN, len(rows))


def _make_public(request, edition):
    if missing(edition):
        messages.warning(request, _("Not yet: something that is marked as needed is still open."))
        return
    Edition.objects.filter(pk=edition.pk).update(is_public=True)
    LogEntry.objects.log_actions(request.user.pk, [edition], CHANGE, _("Made public"), single_object=True)
    messages.success(request, _("The edition of %(year)s is public now.") % {"year": digits(edition.year)})


def _previews(edition):
    """Once the conference has begun, its pages say so, whatever sign-up does."""
    has_begun = edition.is_running or edition.is_over
    phases = [(Previewed.BEFORE, _("As it is now"))] if has_begun else [(one, one.label) for one in Previewed]
    found = []
    for page_of_year in pages_of(edition):
        shown_as = []
        for phase, label in phases:
            addresses = []
            for language in ("en", "km"):
                with override(language):
                    addresses.append(page_of_year.address(edition, phase))
            shown_as.append((str(label), *addresses))
        found.append(Row(str(page_of_year.title), shown_as))
    return found
