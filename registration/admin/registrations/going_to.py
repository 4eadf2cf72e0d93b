"""Who goes to which theme or room, or to the hackathon: to write to them when it changes."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from agenda.models import Session
from registration.choices import YesNo

HACKATHON = "hackathon"


class GoingTo(admin.SimpleListFilter):
    title = _("theme or room")
    parameter_name = "going_to"

    def lookups(self, request, model_admin):
        chosen = Session.objects.filter(breakout_choices__isnull=False).distinct()
        sessions = chosen.order_by("-day__date", "position", "pk")
        return [(session.code, str(session)) for session in sessions] + [(HACKATHON, _("Interested in the hackathon"))]

    def queryset(self, request, queryset):
        if self.value() == HACKATHON:
            return queryset.filter(hackathon=YesNo.YES)
        return queryset.filter(breakout_choices__session__code=self.value()) if self.value() else queryset
