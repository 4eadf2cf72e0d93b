"""Copying an edition in the admin: one is ticked, its first day next year is typed."""

from django import forms
from django.contrib import admin, messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agenda.editions.copying import YearIsTaken, copy_edition
from conference.admin import EditionAdmin
from conference.language.khmer import ascii_digits, store_clean
from conference.models import Edition
from conference.staff.pages import admin_page
from conference.words import digits

WHICH_DAY = gettext_lazy("Write the first day as year-month-day, for example 2031-03-26.")


class FirstDayForm(forms.Form):
    use_required_attribute = False
    first_day = forms.DateField(
        label=gettext_lazy("First day of the new edition"),
        help_text=WHICH_DAY,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        error_messages={"required": WHICH_DAY, "invalid": WHICH_DAY},
        widget=forms.DateInput(attrs={"size": 12, "autocomplete": "off"}, format="%Y-%m-%d"),
    )

    def __init__(self, data=None, **kwargs):
        if data is not None:  # in either digits
            data = {"first_day": ascii_digits(store_clean(data.get("first_day", "")))}
        super().__init__(data, **kwargs)


# The page of an edition belongs to `conference`, which knows nothing of sessions: what copies them is added here.
admin.site.unregister(Edition)


@admin.register(Edition)
class EditionWithProgrammeAdmin(EditionAdmin):
    actions = ["copy_edition"]

    @admin.action(description=gettext_lazy("Copy this edition for another year"), permissions=["copy"])
    def copy_edition(self, request, queryset):
        editions = list(queryset[:2])
        if len(editions) != 1:
            self.message_user(request, _("Tick one edition only: the one to copy."), messages.WARNING)
            return None
        form = FirstDayForm(request.POST if "first_day" in request.POST else None)
        new = None
        if form.is_valid():
            try:
                new = self.copy(editions[0], form.cleaned_data["first_day"])
            except YearIsTaken:
                form.add_error("first_day", _("There is an edition of that year already."))
        if new is None:
            return admin_page(
                request,
                "admin/agenda/copy_edition.html",
                _("Copy this edition for another year"),
                status=400 if form.errors else 200,
                edition=editions[0],
                form=form,
            )
        self.log_addition(request, new, _("Copied from the edition of %(year)s.") % {"year": digits(editions[0].year)})
        said = _(
            "This is the draft of %(year)s. The public does not see it before you make it public; all of it is to be "
            "confirmed."
        )
        self.message_user(request, said % {"year": digits(new.year)}, messages.SUCCESS)
        return self.copied(new)

    def copy(self, edition, first_day):
        return copy_edition(edition, first_day)

    def copied(self, new):
        return redirect("admin:conference_edition_change", new.pk)

    def has_copy_permission(self, request):
        return request.user.has_perms(["conference.add_edition", "agenda.add_day", "agenda.add_session"])
