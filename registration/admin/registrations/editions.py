"""An edition in the admin: it has an intake from the beginning, and is public only when it is ready."""

from django import forms
from django.contrib import admin
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _

from agenda.admin.copying import EditionWithProgrammeAdmin
from agenda.models import Day
from conference.models import Edition
from conference.words import comma
from registration.admin.new_year import page
from registration.admin.new_year.checks import missing, missing_days
from registration.models import ExtraQuestion, Intake

# The page of an edition belongs to `conference`, which knows nothing of intakes: what makes them is added here.
admin.site.unregister(Edition)

WORDS = ("words_before", "words_open", "words_full", "words_closed")
RULES = [
    *("capacity", "needs_approval", "offer_hours"),
    *(f"{name}_{code}" for name in WORDS for code in ("en", "km")),
]


class EditionForm(forms.ModelForm):
    """An edition that the public does not see yet is made public only when nothing that it needs is missing."""

    def clean_is_public(self):
        is_public = self.cleaned_data["is_public"]
        if is_public and not self.instance.is_public and (open_ones := self._missing()):
            said = _("First save it without this tick, and do what “Make ready” still names: %(what)s.")
            raise forms.ValidationError(said % {"what": comma().join(open_ones)})
        return is_public

    def _missing(self):
        if self.instance.pk is None:
            return [_("Days of the agenda")]
        return [check.title for check in missing(self.instance)]


@admin.register(Edition)
class EditionWithIntakeAdmin(EditionWithProgrammeAdmin):
    form = EditionForm
    change_form_template = "admin/edition_change_form.html"

    def get_urls(self):
        return [path("<key:pk>/ready/", page.page, name="edition_ready"), *super().get_urls()]

    def save_model(self, request, obj, form, change):
        """A new one has a day for each date: with the two dates that were typed."""
        super().save_model(request, obj, form, change)
        Intake.objects.get_or_create(edition=obj)
        if not change:
            Day.objects.bulk_create(Day(edition=obj, date=date) for date in missing_days(obj))

    def copy(self, edition, first_day):
        """With the rules and the questions of its intake; it is closed, and its data has its own dates on which it is
        erased.
        """
        new, before = super().copy(edition, first_day), Intake.of(edition)
        rules = {name: getattr(before, name) for name in RULES} if before else {}
        intake = Intake.objects.create(edition=new, **rules)
        if before:
            ExtraQuestion.objects.copy(before, intake)
        return new

    def copied(self, new):
        return redirect("admin:edition_ready", new.pk)
