"""Who goes to which theme or room, or to the hackathon: to write to them when it changes."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from agenda.models import Session
from agenda.publishing import chosen
from agenda.publishing.versions import published
from registration.choices import YesNo

HACKATHON = "hackathon"


def published_name(registration, session):
    return chosen.name(published(registration.edition), session)


class GoingTo(admin.SimpleListFilter):
    title = _("theme or room")
    parameter_name = "going_to"

    def lookups(self, request, model_admin):
        sessions = Session.objects.filter(breakout_choices__isnull=False).distinct()
        sessions = sessions.select_related("day__edition").order_by("-day__date", "position", "pk")
        programmes = {edition: published(edition) for edition in {session.day.edition for session in sessions}}
        found = [(one.code, chosen.name(programmes[one.day.edition], one)) for one in sessions]
        return [*found, (HACKATHON, _("Interested in the hackathon"))]

    def queryset(self, request, queryset):
        if self.value() == HACKATHON:
            return queryset.filter(hackathon=YesNo.YES)
        return queryset.filter(breakout_choices__session__code=self.value()) if self.value() else queryset
