"""A new edition has an intake from the beginning: closed, and with the usual dates of erasing."""

from django.contrib import admin

from agenda.admin.copying import EditionWithProgrammeAdmin
from conference.models import Edition
from registration.models import Intake

# The page of an edition belongs to `conference`, which knows nothing of intakes: what makes them is added here.
admin.site.unregister(Edition)


@admin.register(Edition)
class EditionWithIntakeAdmin(EditionWithProgrammeAdmin):
    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        Intake.objects.get_or_create(edition=obj)

    def copy(self, edition, first_day):
        new = super().copy(edition, first_day)
        Intake.objects.create(edition=new)
        return new
