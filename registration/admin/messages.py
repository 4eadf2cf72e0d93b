"""What was told to whom, and the call list: what is still to be told by telephone."""

from django.contrib import admin
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from conference.templatetags.bilingual import phone
from registration import emails, outbox, problems
from registration.admin.helper import helper_line
from registration.admin.read_only import ReadOnly
from registration.choices import MessageState
from registration.models import Message


@admin.register(Message)
class MessageAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["registration", "kind", "state", "reason", "telephone", "created_at"]
    list_filter = ["state", "kind", ("letter", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["registration__helper"]
    search_fields = ["registration__code"]
    actions = ["mark_called", "try_again", "came_back"]
    fields = ["registration", "kind", "state", "telephone", "words", "created_at", "done_at", "attempts", "reason"]

    @admin.display(description=_("problem"), ordering="problem")
    def reason(self, message):
        return problems.in_words(message.problem)

    @admin.display(description=_("Telephone"))
    def telephone(self, message):
        if helper := message.registration.reached_through:
            return helper_line(helper)
        return phone(message.registration.phone) or message.registration.telegram

    @admin.display(description=_("the words to say"))
    def words(self, message):
        return format_html(
            "<div lang='{}' class='words'>{}</div>", message.registration.language, emails.text_of(message)
        )

    @admin.action(description=_("Mark as told by telephone"), permissions=["tell"])
    def mark_called(self, request, queryset):
        queryset.open_calls().update(state=MessageState.CALLED, done_at=timezone.now())

    @admin.action(description=_("Try again: send once more, now"), permissions=["tell"])
    def try_again(self, request, queryset):
        self._say(request, outbox.try_again(queryset))

    @admin.action(description=_("It came back: tell by telephone"), permissions=["tell"])
    def came_back(self, request, queryset):
        self._say(request, outbox.tell_by_telephone(queryset))

    def _say(self, request, number):
        """How many it was possible for: those that stand elsewhere stay as they are."""
        said = ngettext("Done for %(number)s message.", "Done for %(number)s messages.", number)
        self.message_user(request, said % {"number": number})

    def has_tell_permission(self, request):
        return request.user.has_perm("registration.change_message")
