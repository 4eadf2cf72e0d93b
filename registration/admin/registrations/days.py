"""Days on the pages of a registration: to filter by, to tick, and on which somebody was there."""

from django import forms
from django.contrib import admin

from conference.admin import CompactInline
from registration.models import Attendance


class DaysFilter(admin.RelatedFieldListFilter):
    include_empty_choice = False


class DaysField(forms.ModelMultipleChoiceField):
    """To tick, for on a telephone nobody holds down a key."""

    widget = forms.CheckboxSelectMultiple


class AttendanceInline(CompactInline):
    """The days on which somebody was there."""

    model = Attendance
    fields = ["day"]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        return own_day(field, request) if db_field.name == "day" else field


def own_day(field, request):
    """The field of one day: of those of the registration's own edition."""
    if registration_pk := request.resolver_match.kwargs.get("object_id"):
        field.queryset = field.queryset.filter(edition__registrations=registration_pk)
    return field
