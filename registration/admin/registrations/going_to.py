"""Who goes to which theme or room, or to the hackathon: to write to them when it changes."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from agenda.models import Session
from agenda.publishing.versions import published
from registration.choices import YesNo

HACKATHON = "hackathon"


class GoingTo(admin.SimpleListFilter):
    title = _("theme or room")
    parameter_name = "going_to"

    def lookups(self, request, model_admin):
        chosen = Session.objects.filter(breakout_choices__isnull=False).distinct()
        sessions = chosen.select_related("day__edition").order_by("-day__date", "position", "pk")
        titles = {}  # as participants know them; what is not published is called as in the draft
        for edition in {session.day.edition for session in sessions}:
            places = published(edition).places.values()
            titles |= {place.session.uuid: str(place.session.title or place.session.kind_label) for place in places}
        found = [(session.code, titles.get(str(session.uuid), str(session))) for session in sessions]
        return [*found, (HACKATHON, _("Interested in the hackathon"))]

    def queryset(self, request, queryset):
        if self.value() == HACKATHON:
            return queryset.filter(hackathon=YesNo.YES)
        return queryset.filter(breakout_choices__session__code=self.value()) if self.value() else queryset
