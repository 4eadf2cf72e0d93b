"""Who agreed that their name stands in the list of participants, or to hear of later events."""

from django.utils.translation import gettext_lazy as _

from conference.staff.list_admin import FixedFilter
from registration.choices import Subject
from registration.lists.agreements import who_agreed


class AgreedFilter(FixedFilter):
    title = _("agreed")
    parameter_name = "agreed"
    answers = [(one.value, one.label) for one in (Subject.PARTICIPANT_LIST, Subject.LATER_EVENTS)]

    def queryset(self, request, queryset):
        return who_agreed(queryset, Subject(self.value())) if self.value() else queryset
