from django.contrib import admin
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from agenda.models import Day, Session
from conference.admin import CompactInline
from conference.list_admin import ListAdmin
from conference.translated import columns
from registration.models import BreakoutPlaces, DayPlaces, Intake, ReservedPlaces
from registration.signing_up import transitions


class OfEditionInline(CompactInline):
    """A limit that points into the programme: only into that of the same edition."""

    choices = {Day: "edition__intake", Session: "day__edition__intake"}

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        intake_pk = request.resolver_match.kwargs.get("object_id")
        if intake_pk and db_field.related_model in self.choices:
            field.queryset = field.queryset.filter(**{self.choices[db_field.related_model]: intake_pk})
        return field


class DayPlacesInline(OfEditionInline):
    model = DayPlaces
    verbose_name = _("day with fewer places")
    verbose_name_plural = DayPlaces._meta.verbose_name_plural


class BreakoutPlacesInline(OfEditionInline):
    model = BreakoutPlaces
    verbose_name = _("theme or room with fewer places")
    verbose_name_plural = BreakoutPlaces._meta.verbose_name_plural


class ReservedPlacesInline(CompactInline):
    model = ReservedPlaces
    verbose_name = _("line of reserved places")
    verbose_name_plural = ReservedPlaces._meta.verbose_name_plural


@admin.register(Intake)
class IntakeAdmin(ListAdmin):
    list_display = ["edition", "opens_at", "closes_at", "capacity", "needs_approval"]
    inlines = [DayPlacesInline, BreakoutPlacesInline, ReservedPlacesInline]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "edition",
                    ("opens_at", "closes_at", "changes_until"),
                    ("capacity", "needs_approval", "offer_hours"),
                    ("erase_sensitive_on", "erase_all_on"),
                ]
            },
        ),
        (
            _("Words on the pages of signing up"),
            {"fields": [*columns("words_before", "words_open", "words_full", "words_closed"), "khmer_checked"]},
        ),
    ]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        # The capacity may have been raised, of the edition or of a day; or what was reserved is open now.
        transaction.on_commit(lambda: transitions.offer_free_places(obj.edition))
