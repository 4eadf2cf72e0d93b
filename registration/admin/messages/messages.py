"""What was told to whom, and the call list: what is still to be told by telephone."""

from django.contrib import admin
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from conference import clock
from conference.admin import tell_number
from conference.list_admin import ListAdmin, never
from conference.words import date_only, phone
from registration.admin.common.asking import ask_first, chosen, is_sure
from registration.admin.common.display import displayed, in_words
from registration.admin.common.helper import helper_line
from registration.choices import MessageState
from registration.messages import emails, outbox, problems
from registration.models import Message, Registration
from registration.models.registration import WHAT_FINDS

# Messages in a state where it is not possible stay as they are, and are not counted.
DONE = ngettext_lazy("Done for %(number)s message.", "Done for %(number)s messages.", "count")


@admin.register(Message)
class MessageAdmin(ListAdmin):
    has_add_permission = has_change_permission = never
    list_display = ["registration", "name", "kind", "standing", "telephone", "written"]
    list_filter = ["state", "kind", ("letter", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["registration__helper"]
    search_fields = ["registration__code"]
    search_help_text = WHAT_FINDS
    actions = ["mark_called", "try_again", "came_back"]
    fields = [
        "registration",
        "name",
        "kind",
        "state",
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

    def get_search_results(self, request, queryset, search_term):
        found = Registration.objects.matching(search_term)
        return (queryset.filter(registration__in=found) if search_term.strip() else queryset), False

    @admin.display(description=_("state"), ordering="state")
    def standing(self, message):
        """The state, and why the message did not arrive, where that is known."""
        return ": ".join(filter(None, [message.get_state_display(), str(self.reason(message))]))

    @admin.display(description=_("Telephone"))
    def telephone(self, message):
        if message.contact:
            return phone(message.contact)
        if helper := message.registration.reached_through:
            return helper_line(helper)
        return phone(message.registration.phone) or message.registration.telegram

    @admin.display(description=_("the words to say"))
    def words(self, message):
        """In the person's language, but for the note in place of their own link."""
        note = str(emails.LINK_NOT_SHOWN)
        parts = ((part,) for part in emails.text_of(message).split(note))
        text = format_html_join(format_html('<em lang="{}">{}</em>', get_language(), note), "{}", parts)
        return format_html("<div lang='{}' class='words'>{}</div>", message.registration.language, text)

    @admin.action(description=_("Mark as told by telephone"), permissions=["tell"])
    def mark_called(self, request, queryset):
        called = queryset.open_calls().update(state=MessageState.CALLED, done_at=clock.now(), contact="")
        tell_number(request, DONE, called)

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

    def has_tell_permission(self, request):
        return request.user.has_perm("registration.change_message")
