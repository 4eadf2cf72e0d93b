"""Sensitive answers, and the log of who looked at them."""

import re
from datetime import date

from django.contrib import admin
from django.urls import path
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from conference.staff.edition_filter import of_edition
from conference.staff.list_admin import ListAdmin, never
from conference.staff.pages import tell_number
from conference.words import comma, date_only, phone
from registration.admin.access import inclusion_file
from registration.admin.common.display import displayed, further_answers, in_words, unlinked
from registration.choices import AccessNeed, FollowedLanguage, Food, Group, Look
from registration.models import (
    AccessLog,
    Arrangement,
    ExtraQuestion,
    GuardianCall,
    InclusionAnswers,
    Registration,
    TravelDecision,
    TravelRequest,
)

OTHER_COLUMNS = {
    "name": _("name"),
    "need": _("need"),
    "days": _("days"),
    "decision": _("decision"),
    "people": _("people"),
    "in_their_words": _("in their own words"),
    "amount": _("amount"),
    "expenses": _("expenses"),
    "stays": _("nights"),
    # Of lists and of paper, by their headings there.
    "year": _("Year"),
    "attended": _("Was there on"),
    "number": _("No."),
    "sex": _("Sex"),
    "position": _("Position"),
    "signature": _("Signature"),
    "kind": _("What about"),
    "written": _("Since"),
    "tries": _("Calls without an answer"),
    "again": _("To be called again"),
    "told": _("Told"),
    "words": _("in their own words"),
    "instead": _("what we offer instead"),
    "night": _("night"),
    "hotel": _("hotel"),
    "room": _("room number"),
    "beds": _("beds"),
    "step_free": _("without steps"),
    "assistant": _("for the assistant"),
    "photos": _("photographs"),
    "badge_token": _("code of the badge"),
    "certificate": _("certificate"),
    "link": _("link"),
    "all": _("All together"),
    "age": _("Age group"),
    "day": _("Day"),
}
BREAKOUT = re.compile(r"breakout_([-\w]+)")
OWN_QUESTION = re.compile(r"extra_([0-9]+)")
DATE = re.compile(r"\d{4}-\d\d-\d\d")


class LookedAtAdmin(ListAdmin):
    """Sensitive answers: the list shows reference numbers only, and every look at one leaves a line in the log.

    No person of staff changes them here. With the permission to, staff can erase them apart from the registration.
    """

    has_add_permission = has_change_permission = never
    list_display = ["registration"]
    list_select_related = ["registration"]
    search_fields = ["registration__code"]
    search_help_text = _("Reference number")

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, search_term.replace("-", ""))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        answers = self.get_object(request, object_id)
        if answers and self.has_view_permission(request, answers):
            self.log_look(request, answers)
        return super().change_view(request, object_id, form_url, extra_context)

    def log_look(self, request, answers):
        AccessLog.objects.create(
            user=request.user,
            look=Look.VIEW,
            subject=f"{self.model._meta.model_name} {self.name_in_log(answers)}",
            columns=", ".join(field.name for field in self.opts.concrete_fields if field.name != "id"),
        )

    def name_in_log(self, answers):
        return str(answers)


def _chosen(name, choices, label):
    labels = dict(choices.choices)

    @admin.display(description=label)
    def chosen(answers):
        return comma().join(str(labels.get(value, value)) for value in getattr(answers, name))

    return chosen


@admin.register(GuardianCall)
class GuardianCallAdmin(LookedAtAdmin):
    list_display = ["asked", "language", "is_done"]
    list_filter = ["is_done", of_edition()]
    list_select_related = ["edition"]
    search_fields = []
    actions = ["mark_called"]
    fields = ["edition_shown", "child_name", "guardian_name", "telephone", "language", "asked", "is_done"]
    edition_shown = unlinked(GuardianCall, "edition")
    asked = in_words(GuardianCall, "created_at")
    telephone = displayed(_("telephone of the parent or guardian"), lambda call: phone(call.guardian_phone))

    def name_in_log(self, call):
        return str(call.pk)  # its time, by which pages call it, is in the reader’s language

    def has_call_permission(self, request):
        return request.user.has_perm("registration.change_guardiancall")

    @admin.action(description=_("Mark as called"), permissions=["call"])
    def mark_called(self, request, queryset):
        done = ngettext_lazy("%(number)s call is done.", "%(number)s calls are done.", "count")
        tell_number(request, done, queryset.still_open().update(is_done=True))


@admin.register(InclusionAnswers)
class InclusionAnswersAdmin(LookedAtAdmin):
    list_filter = [of_edition("registration__edition")]
    fields = [
        "registration",
        _chosen("languages", FollowedLanguage, _("languages to follow")),
        "other_language",
        _chosen("access_needs", AccessNeed, _("access needs")),
        "access_note",
        "assistant_name",
        _chosen("food", Food, _("food")),
        "food_note",
        "gender",
        "gender_words",
        "age_band",
        _chosen("groups", Group, _("groups")),
        "groups_words",
        "further",
    ]
    readonly_fields = fields

    @admin.display(description=_("further questions"))
    def further(self, answers):
        return further_answers(ExtraQuestion.objects.of(answers.registration.edition).sensitive(), answers.extra)

    def get_urls(self):
        address = path("export/", inclusion_file.inclusion_file, name="registration_inclusion_file")
        return [address, *super().get_urls()]


def column_in_words(code):
    """The name of a column as the pages have it; a code where none of them has it."""
    for model in (Registration, TravelRequest, Arrangement, InclusionAnswers, TravelDecision):
        named = {field.name: field.verbose_name for field in model._meta.concrete_fields}
        if isinstance(named.get(code), Promise):  # else Django has named the column after its code
            return str(named[code])
    if breakout := BREAKOUT.fullmatch(code):
        return f"{_('theme or room')} ({breakout[1]})"
    if question := OWN_QUESTION.fullmatch(code):
        asked = ExtraQuestion.objects.filter(pk=question[1]).first()
        return f"{_('question of our own')} ({asked or question[1]})"
    if DATE.fullmatch(code):
        return date_only(date.fromisoformat(code))
    return str(OTHER_COLUMNS.get(code, code))


@admin.register(AccessLog)
class AccessLogAdmin(ListAdmin):
    has_add_permission = has_change_permission = has_delete_permission = never
    list_display = ["when", "user", "look", "of_what", "count"]
    list_filter = ["look"]
    list_select_related = ["user"]
    fields = ["when", "user", "look", "of_what", "which_columns", "count", "edition", "reason"]
    when = in_words(AccessLog, "at")
    of_what = displayed(_("of what"), lambda line: line.subject_in_words, ordering="subject")
    which_columns = displayed(_("columns"), lambda line: comma().join(map(column_in_words, line.columns.split(", "))))
