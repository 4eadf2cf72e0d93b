"""Days on the pages of a registration: to filter by, to tick, and on which the participant was there."""

from django import forms
from django.contrib import admin

from conference.admin import CompactInline
from registration.models import Attendance


class DaysFilter(admin.RelatedFieldListFilter):
    include_empty_choice = False


class DaysField(forms.ModelMultipleChoiceField):
    """To tick: on a telephone there is no key to hold down for choosing several."""

    widget = forms.CheckboxSelectMultiple


class AttendanceInline(CompactInline):
    """The days on which the participant was there."""

    model = Attendance
    fields = ["day"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """Of the days those of the registration's own edition."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        registration_pk = request.resolver_match.kwargs.get("object_id")
        if db_field.name == "day" and registration_pk:
            field.queryset = field.queryset.filter(edition__registrations=registration_pk)
        return field
