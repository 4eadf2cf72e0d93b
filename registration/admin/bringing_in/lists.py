"""Lists from elsewhere: paste, look, tick, bring in, and undo. The rules are in registration/bringing_in."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.debug import sensitive_post_parameters

from conference import clock
from conference.staff.edition_filter import of_edition
from conference.staff.list_admin import ListAdmin, never
from conference.staff.pages import admin_page, chosen_edition
from conference.words import digits
from registration.admin.bringing_in.earlier import earlier_page
from registration.admin.bringing_in.forms import ListForm
from registration.admin.bringing_in.looking import look_page
from registration.admin.common.display import displayed, in_words
from registration.admin.common.locked import tell_offered
from registration.bringing_in import own_questions, undoing
from registration.bringing_in.waiting import Waiting
from registration.models import BringingIn
from registration.places.choosable import choosable
from registration.places.lock import Closed
from registration.views.busy import nothing_lost

BEGIN = "admin/registration/bringingin/begin.html"
DONE = "admin/registration/bringingin/done.html"


def _standing(listed):
    if listed.undone_at:
        return gettext_lazy("undone")
    return gettext_lazy("finished") if listed.done_at else gettext_lazy("begun")


def _typed(request, model_admin, **happened):
    form = ListForm.keep(request.POST)
    status = happened.pop("status", 200)
    return _begin_page(request, form, status=status, **happened)


def _begin_page(request, form, **context):
    return admin_page(request, BEGIN, _("Bring in a list of people"), opts=BringingIn._meta, form=form, **context)


@sensitive_post_parameters()
@nothing_lost(_typed)
def begin(request, model_admin):
    """What is pasted waits, encrypted, until staff have looked at it and brought it in."""
    if request.method != "POST":
        edition = chosen_edition(request, also={"_changelist_filters"})
        return _begin_page(request, ListForm(initial={"edition": edition}))
    form = ListForm(request.POST, request.FILES, reader=str(request.user.pk))
    if not form.is_valid():
        return _begin_page(request, form)
    edition, file = form.cleaned_data["edition"], form.cleaned_data["file"]
    asked = choosable(edition)
    waiting = Waiting.of(form.document, list(asked.days))
    own_questions.find(waiting.sheets, asked.questions)
    listed = BringingIn.objects.create(
        edition=edition, by=request.user, file_name=file.name[:200] if file else "", waiting=waiting.dumped()
    )
    return redirect("admin:registration_bringingin_change", listed.pk)


@admin.register(BringingIn)
class BringingInAdmin(ListAdmin):
    has_change_permission = has_delete_permission = never
    list_display = ["when", "edition", "file_name", "rows", "people", "known", "refused", "by", "standing"]
    list_filter = [of_edition()]
    list_select_related = ["edition", "by"]
    actions = None
    when = in_words(BringingIn, "begun_at")
    standing = displayed(gettext_lazy("standing"), _standing)

    def get_urls(self):
        return [path("earlier/", earlier_page, name="registration_bringingin_earlier"), *super().get_urls()]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("waiting")

    def has_add_permission(self, request):
        """To bring in a list is to register people."""
        return super().has_add_permission(request) and request.user.has_perm("registration.add_registration")

    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_add_permission(request):
            raise PermissionDenied
        return begin(request, self)

    @method_decorator(sensitive_post_parameters())
    def change_view(self, request, object_id, form_url="", extra_context=None):
        """What waits is seen by the member of staff alone who pasted it."""
        listed = self.get_object(request, object_id)
        if listed is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, listed):
            raise PermissionDenied
        if listed.done_at or listed.undone_at or listed.waiting is None or listed.is_past:
            return self._done(request, listed)
        if listed.by != request.user or not self.has_add_permission(request):
            return _done_page(request, listed)
        try:
            return look_page(request, listed)
        except Closed:
            messages.error(request, _("No person can be registered for this edition: it has no intake yet."))
            return redirect("admin:registration_bringingin_changelist")

    def _done(self, request, listed):
        may_undo = self.has_add_permission(request) and not listed.undone_at
        if request.method == "POST" and "undo" in request.POST and may_undo:
            number, offered = undoing.undo(listed)
            said = ngettext(
                "%(number)s registration is taken back.", "%(number)s registrations are taken back.", number
            )
            messages.success(request, said % {"number": digits(number)})
            tell_offered(request, offered)
            return redirect(request.path)
        return _done_page(request, listed, may_undo=may_undo)


def _done_page(request, listed, *, may_undo=False):
    refused = []
    if listed.waiting is not None and listed.by == request.user:
        refused = [(key.rpartition("-")[2], reason) for key, reason in Waiting.loaded(listed.waiting).refused]
    staying = undoing.staying(listed) if may_undo and listed.people else []
    return admin_page(
        request,
        DONE,
        _("List from elsewhere"),
        opts=BringingIn._meta,
        listed=listed,
        standing=_standing(listed),
        refused=refused,
        staying=staying,
        may_undo=may_undo and bool(listed.people),
        goes=listed.brought.count() - len(staying),
        is_past=listed.is_past,
        now=clock.now(),
    )
