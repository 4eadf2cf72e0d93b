"""The step of the list of registrations that notes who was there on a day."""

from django.contrib import admin, messages
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from conference.words import digits
from registration.admin.common.asking import are_of_one_edition, ask_first, chosen, is_sure
from registration.desk import paper
from registration.desk.days import days_of
from registration.models import Registration

TEMPLATE = "admin/desk/was_there.html"


@admin.action(description=gettext_lazy("Was there on …"), permissions=["check_in"])
def was_there(model_admin, request, queryset):
    people = chosen(request, Registration.objects.all()) if is_sure(request) else queryset
    people = list(people.select_related("edition"))
    if not people or not are_of_one_edition(request, people):
        return None
    edition = people[0].edition
    days = [one for one in days_of(edition) if one.has_come]
    day = next((one.day for one in days if str(one.number) == request.POST.get("day")), None)
    if is_sure(request) and day:
        new = paper.was_there(edition, day, [row.pk for row in people], by=request.user)
        said = ngettext("%(number)s person is noted as there.", "%(number)s people are noted as there.", new)
        messages.success(request, said % {"number": digits(new)})
        return None
    if not days:
        messages.error(request, _("No day of this conference has come yet."))
        return None
    if is_sure(request):
        messages.error(request, _("Choose the day."))
    return ask_first(request, model_admin, "was_there", people, template=TEMPLATE, days=days)
