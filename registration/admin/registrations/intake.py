"""The intake of an edition: when it takes people in, how many, and in which words."""

from django.contrib import admin, messages
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from agenda.models import Day, Session
from conference.admin import CompactInline
from conference.language.translated import columns
from conference.staff.list_admin import ListAdmin
from conference.words import date_only, digits
from registration.admin.common.display import in_words
from registration.admin.common.locked import locked, tell_offered
from registration.models import BreakoutPlaces, DayPlaces, Intake, Registration, ReservedPlaces
from registration.places.hall import Hall, intakes_with_rules
from registration.places.overfull import overfull
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
    opens, closes = in_words(Intake, "opens_at"), in_words(Intake, "closes_at")
    list_display = ["edition", "opens", "closes", "capacity", "needs_approval"]
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

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        with locked(self, request, object_id):
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request, obj, form, change):
        obj.room_before = Hall(intakes_with_rules().get(pk=obj.pk)).room if change else None
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        """Limits that were raised, or reserved places that are open now, free places for those who wait."""
        super().save_related(request, form, formsets, change)
        if not change:  # no person waits yet
            return
        offered = transitions.offer_free_places(form.instance.edition, before=form.instance.room_before)
        tell_offered(request, offered)
        for limit in overfull(intakes_with_rules().get(pk=form.instance.pk)):
            self.message_user(request, _too_few(limit), messages.WARNING)

    def get_deleted_objects(self, objs, request):
        """Without its intake an edition could tell its participants nothing, and no link of theirs would open."""
        if number := Registration.objects.filter(edition__intake__in=objs).count():
            said = ngettext(
                "%(number)s person is registered: close the intake instead.",
                "%(number)s people are registered: close the intake instead.",
                number,
            )
            return [], {}, set(), [said % {"number": digits(number)}]
        return super().get_deleted_objects(objs, request)


def _too_few(limit):
    """What staff read who have set a limit below the number of people who have a place."""
    values = {"number": digits(limit.held), "places": digits(limit.places), "of": limit.of}
    if limit.of is None:
        said = gettext(
            "%(number)s people hold a place, but there are only %(places)s now. They keep their places; none is "
            "offered until fewer people hold one."
        )
    elif isinstance(limit.of, Day):
        values["of"] = date_only(limit.of.date)
        said = gettext(
            "%(number)s people come on %(of)s, but there are only %(places)s places on that day now. They keep their "
            "places; none is offered for that day until fewer people come."
        )
    else:
        said = gettext(
            "%(number)s people have chosen “%(of)s”, but there are only %(places)s places now. They keep their seats; "
            "no other person can choose it until fewer people have."
        )
    return said % values
