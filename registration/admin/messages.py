"""What was told to whom, and the call list: what is still to be told by telephone."""

from django.contrib import admin
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from conference.templatetags.bilingual import phone
from registration import emails
from registration.admin.helper import helper_line
from registration.admin.read_only import ReadOnly
from registration.choices import MessageState
from registration.models import Message


@admin.register(Message)
class MessageAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["registration", "kind", "state", "telephone", "created_at", "problem"]
    list_filter = ["state", "kind"]
    list_select_related = ["registration__helper"]
    search_fields = ["registration__code"]
    actions = ["mark_called"]
    fields = ["registration", "kind", "state", "telephone", "words", "created_at", "done_at", "attempts", "problem"]

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

    def has_tell_permission(self, request):
        return request.user.has_perm("registration.change_message")
