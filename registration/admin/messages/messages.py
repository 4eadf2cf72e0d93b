"""What was told to whom, and the call list: what is still to be told by telephone."""

from datetime import datetime

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.db.models import Prefetch
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, ngettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from conference import clock
from conference.admin import PlainTimeInput
from conference.forms import TimeOfDay
from conference.staff.edition_filter import of_edition
from conference.staff.list_admin import ListAdmin, Several, never
from conference.staff.pages import tell_number
from conference.words import date_only, digits, moment
from registration.admin.common.asking import ask_first, chosen, is_sure
from registration.admin.common.display import EMPTY, called_at, displayed, in_words, to_call
from registration.admin.lists import views
from registration.choices import CallResult, MessageState
from registration.messages import calls, emails, outbox, problems
from registration.models import Call, Message, Registration
from registration.models.messages import NEXT_TO_CALL
from registration.models.registration import WHAT_FINDS

# Messages in a state where it is not possible stay as they are, and are not counted.
DONE = ngettext_lazy("Done for %(number)s message.", "Done for %(number)s messages.", "count")
NO_EMAIL = _("This site sends no e-mail: it was not set up. The person who runs the site can do that.")


class CallAgainForm(forms.Form):
    """When a person would like to be called: a day, and a time as people write it."""

    use_required_attribute = False
    day = forms.DateField(
        label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), initial=clock.today
    )
    time = TimeOfDay(label=_("Time"), widget=PlainTimeInput)

    def clean(self):
        day, time = self.cleaned_data.get("day"), self.cleaned_data.get("time")
        if day and time:
            at = timezone.make_aware(datetime.combine(day, time))
            if at <= clock.now():
                self.add_error("time", _("This moment is past."))
            self.cleaned_data["at"] = at
        return self.cleaned_data


@admin.register(Message)
class MessageAdmin(ListAdmin):
    has_add_permission = has_change_permission = never
    list_display = ["registration", "name", "kind", "standing", "telephone", "written"]
    list_filter = [
        ("state", Several),
        ("kind", Several),
        of_edition("registration__edition"),
        ("letter", admin.RelatedOnlyFieldListFilter),
    ]
    list_select_related = ["registration__helper"]
    list_per_page = 50
    search_fields = ["registration__code"]
    search_help_text = WHAT_FINDS
    actions = ["mark_called", "no_answer", "call_again", "send_after_all", "try_again", "came_back"]
    fields = [
        "registration",
        "name",
        "kind",
        "state",
        "all_calls",
        "telephone",
        "words",
        "when_written",
        "when_done",
        "attempts",
        "reason",
    ]
    when_written = in_words(Message, "created_at")
    when_done = in_words(Message, "done_at")
    name = displayed(_("name"), lambda message: message.registration.shown_name)
    written = displayed(_("written"), lambda message: date_only(message.created_at), ordering="created_at")
    reason = displayed(_("problem"), lambda message: problems.in_words(message.problem))

    def get_queryset(self, request):
        with_calls = Prefetch("calls", Call.objects.select_related("by"))
        return Message.objects.with_turn().prefetch_related(with_calls)

    def get_ordering(self, request):
        """Where only those are shown who are still to be called, the next to call comes first."""
        to_call = request.GET.getlist("state__exact") == [MessageState.TO_CALL]
        return NEXT_TO_CALL if to_call else ["-created_at", "-pk"]

    def get_search_results(self, request, queryset, search_term):
        found = Registration.objects.matching(search_term)
        return (queryset.filter(registration__in=found) if search_term.strip() else queryset), False

    @admin.display(description=_("state"), ordering="state")
    def standing(self, message):
        """The state, and why the message did not arrive or who was called in vain, where that is known."""
        known = filter(None, [str(self.reason(message)), self.tried(message), self.again(message)])
        return ": ".join(filter(None, [message.get_state_display(), "; ".join(known)]))

    @admin.display(description=_("calls"))
    def all_calls(self, message):
        """How often in vain; who called when, and what came of it; when the person is to be called again."""
        each = [f"{moment(one.at)} – {one.get_result_display()} ({one.by or EMPTY})" for one in message.calls.all()]
        lines = filter(None, [self.tried(message), *each, self.again(message)])
        return format_html_join(mark_safe("<br>"), "{}", ((line,) for line in lines)) or EMPTY

    def again(self, message):
        if not message.call_at or message.state != MessageState.TO_CALL:
            return ""
        return _("call again on %(moment)s") % {"moment": moment(message.call_at)}

    def tried(self, message):
        if not message.tries:
            return ""
        said = ngettext(
            "called %(number)s time without an answer, last on %(moment)s",
            "called %(number)s times without an answer, last on %(moment)s",
            message.tries,
        )
        said = said % {"number": digits(message.tries), "moment": moment(message.tried_at)}
        in_vain = [one for one in message.calls.all() if one.result == CallResult.NO_ANSWER]
        return f"{said} ({in_vain[-1].by or EMPTY})" if in_vain else said

    @admin.display(description=_("Telephone"))
    def telephone(self, message):
        return to_call(message.contact) if message.contact else called_at(message.registration)

    @admin.display(description=_("the words to say"))
    def words(self, message):
        """In the person's language, but for the note in place of their own link."""
        note = str(emails.LINK_NOT_SHOWN)
        parts = ((part,) for part in emails.text_of(message).split(note))
        text = format_html_join(format_html('<em lang="{}">{}</em>', get_language(), note), "{}", parts)
        return format_html("<div lang='{}' class='words'>{}</div>", message.registration.language, text)

    @admin.action(description=_("Mark as told by telephone"), permissions=["tell"])
    def mark_called(self, request, queryset):
        tell_number(request, DONE, calls.note_told(queryset, by=request.user))

    @admin.action(description=_("Called, no answer: note it"), permissions=["tell"])
    def no_answer(self, request, queryset):
        tell_number(request, DONE, calls.note_no_answer(queryset, by=request.user))

    @admin.action(description=_("Call again at …: note it"), permissions=["tell"])
    def call_again(self, request, queryset):
        """First asks when, unless the page of a message has sent it along."""
        rows = chosen(request, Message.objects.all()) if is_sure(request) else queryset
        form = CallAgainForm(request.POST if "day" in request.POST else None)
        if form.is_valid():
            return tell_number(request, DONE, calls.call_again(rows, form.cleaned_data["at"], by=request.user))
        rows = list(rows.select_related("registration"))
        to_call = [one for one in rows if one.state == MessageState.TO_CALL]
        template = "admin/registration/message/call_again.html"
        return ask_first(request, self, "call_again", rows, template=template, concerned=to_call, form=form)

    @admin.action(description=_("Send by e-mail after all"), permissions=["tell"])
    def send_after_all(self, request, queryset):
        if is_sure(request):
            return tell_number(request, DONE, outbox.send_after_all(chosen(request, Message.objects.all())))
        if not settings.SENDS_EMAIL:
            return self.message_user(request, NO_EMAIL, messages.WARNING)
        rows = list(queryset.select_related("registration"))
        by_email = [one for one in rows if one.state == MessageState.TO_CALL and one.email]
        template = "admin/registration/message/send_after_all.html"
        return ask_first(request, self, "send_after_all", rows, template=template, concerned=by_email)

    @admin.action(description=_("Try again: send once more, now"), permissions=["tell"])
    def try_again(self, request, queryset):
        if is_sure(request):
            return tell_number(request, DONE, outbox.try_again(chosen(request, Message.objects.all())))
        rows = list(queryset.select_related("registration"))
        failed = [message for message in rows if message.state == MessageState.FAILED]
        template = "admin/registration/message/ask_first.html"
        return ask_first(request, self, "try_again", rows, template=template, concerned=failed)

    @admin.action(description=_("It came back: tell by telephone"), permissions=["tell"])
    def came_back(self, request, queryset):
        tell_number(request, DONE, outbox.tell_by_telephone(queryset))

    def changelist_view(self, request, extra_context=None):
        return views.with_views(request, super().changelist_view(request, extra_context))

    def has_tell_permission(self, request):
        return request.user.has_perm("registration.change_message")

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """With a button for e-mail where the person has an address."""
        message = self.get_object(request, object_id)
        may_send = bool(settings.SENDS_EMAIL and message and message.email)
        shown = {"may_send": may_send, "call_again": CallAgainForm()}
        return super().change_view(request, object_id, form_url, shown | (extra_context or {}))
