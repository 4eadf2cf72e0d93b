"""Registrations that may be of one person: shown beside each other, and made one."""

from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from agenda.publishing import chosen
from conference.staff.list_admin import FixedFilter
from conference.staff.pages import admin_page
from conference.words import comma, dates, moment
from registration.admin.common.locked import tell_offered
from registration.choices import Status
from registration.duplicates import look_alikes, merging
from registration.lists.ready import attendees
from registration.models import Registration
from registration.places import lock

# Where the list, which is made for Excel, has 2024-03-26.
IN_WORDS = {
    "days": lambda row: dates(day.date for day in chosen.as_published(row.edition, row.chosen_days)),
    "created_at": lambda row: moment(row.created_at),
}
WHO = {"name_km", "name_latin", "email"}


class WithLookAlikes(FixedFilter):
    title = _("look-alikes")
    parameter_name = "alike"
    answers = [("yes", _("with look-alikes"))]

    def queryset(self, request, queryset):
        return look_alikes.with_look_alikes(queryset) if self.value() == "yes" else queryset


class ClosedByMerging(FixedFilter):
    title = _("private answers")
    parameter_name = "closed"
    answers = [("yes", _("closed since two were merged"))]

    def queryset(self, request, queryset):
        return queryset.closed_by_merging() if self.value() == "yes" else queryset


@admin.display(description=_("look-alikes"))
def may_be_the_same_person(model_admin, registration):
    lines = []
    for look_alike in look_alikes.look_alikes_of(registration):
        other = look_alike.registration
        link = reverse("admin:registration_registration_change", args=[other.pk])
        reasons = comma().join(str(reason) for reason in look_alike.reasons)
        line = format_html('<a href="{}">{}</a> {} ({})', link, other.spoken_code, other.shown_name, reasons)
        if getattr(registration, "may_be_merged", False):
            page = reverse("admin:registration_merge", args=[registration.pk, other.pk])
            line = format_html('{} – <a href="{}">{}</a>', line, page, _("Compare and merge"))
        lines.append((line,))
    return format_html_join("", "<div>{}</div>", lines) or "–"


def refuse_a_double(form, cleaned):
    """Says beside the form that the name or the e-mail is that of another registration with the same of both.

    Where two are such doubles already, by their own pages, staff can still correct everything else.
    """
    typed = form.instance
    if not WHO.intersection(form.changed_data):
        return cleaned
    for name in WHO:
        setattr(typed, name, form.cleaned_data.get(name, getattr(typed, name)))
    typed.set_keys()
    double = None if typed.status == Status.CANCELLED else Registration.objects.same_person(typed).first()
    if double:
        said = _("%(code)s has the same name and e-mail already. Merge the two, or change one of them.")
        raise ValidationError(said, params={"code": double.spoken_code})
    return cleaned


@admin.site.admin_view
@permission_required("registration.merge_registration", raise_exception=True)
def merge_page(request, one_pk, other_pk):
    """Two registrations beside each other, without sensitive answers; the button makes them one."""
    pair = Registration.objects.one_edition([one_pk, other_pk])
    if len(pair) < 2:
        raise Http404
    kept_pk = request.POST.get("keep", "")
    if request.method == "POST" and kept_pk in {str(row.pk) for row in pair}:
        kept, other = sorted(pair, key=lambda row: str(row.pk) != kept_pk)
        return _merge(request, kept, other)
    people = attendees(Registration.objects.all())
    rows = people.records().in_bulk([row.pk for row in pair])
    columns = [
        (one.heading, [IN_WORDS.get(one.code, one.get)(rows[row.pk]) for row in pair]) for one in people.columns
    ]
    return admin_page(
        request,
        "admin/registration/registration/merge.html",
        "",  # the template has its heading
        opts=Registration._meta,
        pair=pair,
        columns=columns,
        not_chosen=request.method == "POST",
    )


def _merge(request, kept, other):
    numbers = {"kept": kept.spoken_code, "other": other.spoken_code}
    try:
        offered = merging.merge(kept, other, by=request.user)
    except lock.TooLate:
        messages.warning(request, _("One of the two has gone meanwhile: nothing was merged."))
        return redirect("admin:registration_registration_changelist")
    except merging.BothDecided:
        said = _(
            "Nothing was merged: both have a travel decision, or daily expenses for the same day. "
            "The travel desk must take back the decision or the expenses of one first."
        )
        messages.error(request, said)
        return redirect("admin:registration_merge", kept.pk, other.pk)
    said = _(
        "%(other)s is merged into %(kept)s. The link of %(other)s opens no more; its number still finds %(kept)s."
    )
    messages.success(request, said % numbers)
    tell_offered(request, offered)
    return redirect("admin:registration_registration_change", kept.pk)
