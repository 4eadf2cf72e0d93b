"""Days on the pages of a registration: to filter by, to tick, and on which the participant was there."""

from django import forms
from django.contrib import admin

from agenda.models import Day
from agenda.publishing import chosen
from conference.admin import CompactInline
from conference.words import date_only, dates
from registration.models import Attendance, Registration


class DaysFilter(admin.RelatedFieldListFilter):
    include_empty_choice = False


class DaysField(forms.ModelMultipleChoiceField):
    """To tick: on a telephone there is no key to hold down for choosing several."""

    widget = forms.CheckboxSelectMultiple

    def offer(self, edition):
        offer_published_days(self, edition)


def offer_published_days(field, edition):
    """The days that the public knows, under the dates that the public sees: staff read them out."""
    published = {day.pk: date_only(day.date) for day in chosen.days(edition)}
    field.queryset = Day.objects.filter(pk__in=published)
    field.label_from_instance = lambda day: published[day.pk]


def chosen_days_in_words(registration):
    return dates(day.date for day in chosen.as_published(registration.edition, registration.days.all()))


class AttendanceInline(CompactInline):
    """The days on which the participant was there."""

    model = Attendance
    fields = ["day"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Of the days those of the registration's own edition."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        registration = Registration.objects.filter(pk=request.resolver_match.kwargs.get("object_id")).first()
        if db_field.name == "day" and registration:
            offer_published_days(field, registration.edition)
        return field
