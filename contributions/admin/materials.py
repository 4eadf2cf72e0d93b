"""What was sent for sessions: staff look at it, take it into the draft or not, and hand out the links."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from agenda.choices import PLAIN_KINDS, AppearanceState, Role, SessionState
from agenda.models import Appearance
from agenda.programme.value import printed_name
from agenda.templatetags.files import filesize_words
from conference.files.documents import TYPES
from conference.models import Edition, Language
from conference.staff.edition_filter import of_edition
from conference.staff.list_admin import ListAdmin, never
from conference.staff.pages import admin_page, chosen_edition
from conference.words import comma, date_only
from contributions.materials import rules
from contributions.materials.links import address_of, make_new
from contributions.models import MaterialSent, SentState
from registration.forms.fields import Prose

FOLDER = "admin/contributions/materialsent"
TAKES = ("contributions.change_materialsent", "agenda.add_material")
QUICKER = _("A colleague was quicker, or it was taken back: nothing was changed.")


class DeclineForm(forms.Form):
    reason = Prose(
        label=_("Why it is not taken"),
        max_length=500,
        help_text=_("The person who sent it reads this, in the language in which you write it."),
        error_messages={"required": _("Write why it is not taken.")},
    )


@admin.register(MaterialSent)
class MaterialSentAdmin(ListAdmin):
    has_add_permission = never
    list_display = ["__str__", "session", "sent_by", "state", "sent"]
    list_filter = ["state", of_edition("session__day__edition")]
    list_select_related = ["session__day", "appearance__organisation", "appearance__speaker"]
    search_fields = ["title_en", "title_km", "session__title_en", "session__title_km"]

    @admin.display(description=_("sent by"))
    def sent_by(self, sent):
        return printed_name(sent.appearance) if sent.appearance else "–"

    @admin.display(description=_("sent"), ordering="sent_at")
    def sent(self, sent):
        return date_only(sent.sent_at)

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("links/", view(self.links), name="contributions_materialsent_links"),
            path("<key:pk>/file/", view(self.file), name="contributions_materialsent_file"),
            *super().get_urls(),
        ]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """All that was sent, on a page of our own: nothing of it is changed, it is taken or not."""
        sent = self.get_object(request, object_id)
        if sent is None:
            raise Http404
        if not self.has_view_permission(request, sent):
            raise PermissionDenied
        form = DeclineForm(request.POST if "decline" in request.POST else None)
        if request.method == "POST":
            if not request.user.has_perms(TAKES):
                raise PermissionDenied
            if "take" in request.POST or form.is_valid():
                return self._act(request, sent, form)
        return admin_page(
            request,
            f"{FOLDER}/look.html",
            str(sent),
            opts=self.opts,
            sent=sent,
            who=self.sent_by(sent),
            size=filesize_words(sent.file.size) if sent.file and sent.file.storage.exists(sent.file.name) else "",
            languages=comma().join(str(one.label) for one in Language if one in sent.languages),
            form=form,
            may_act=sent.state == SentState.WAITING and request.user.has_perms(TAKES),
        )

    def _act(self, request, sent, form):
        if "take" in request.POST:
            done, said = (
                rules.take(sent.pk, by=request.user),
                _("Taken into the draft. The public sees it when the agenda is published."),
            )
        else:
            done, said = (
                rules.decline(sent.pk, form.cleaned_data["reason"], by=request.user),
                _("It is not taken. The page of the person who sent it says why."),
            )
        if done:
            self.log_change(request, sent, "Taken into the draft." if "take" in request.POST else "Not taken.")
            messages.success(request, said)
        else:
            messages.error(request, QUICKER)
        return redirect("admin:contributions_materialsent_changelist")

    @staticmethod
    @require_safe
    def file(request, pk):
        """What was sent is no public file: staff who may look at it get it, as a file to keep."""
        sent = get_object_or_404(MaterialSent, pk=pk)
        if not request.user.has_perm("contributions.view_materialsent"):
            raise PermissionDenied
        if not sent.file:
            raise Http404
        ending = sent.file.name[sent.file.name.rindex(".") :]
        name = f"{sent.session.code}-{sent.pk}{ending}"
        return FileResponse(sent.file.open(), as_attachment=True, filename=name, content_type=TYPES[ending])

    def links(self, request):
        """Every session, with the link of each who holds it."""
        if not request.user.has_perms(TAKES):
            raise PermissionDenied
        edition = chosen_edition(request)
        if request.method == "POST":
            rows = _held(edition)
            pk = request.POST.get("new", "")
            appearance = get_object_or_404(rows, pk=pk if pk.isdecimal() and len(pk) < 19 else 0)
            make_new(appearance)
            self.log_change(request, appearance, "A new link for materials was made.")
            messages.success(request, _("The link is new: the one before it opens nothing any more."))
            return redirect(f"{request.get_full_path()}#who-{appearance.pk}")
        return admin_page(
            request,
            f"{FOLDER}/links.html",
            _("Links to send slides"),
            opts=self.opts,
            chosen=edition,
            editions=Edition.objects.all(),
            rows=[(one, printed_name(one), address_of(one, "km")) for one in _held(edition)],
        )


def _held(edition):
    """Who appears in sessions that have a page of their own, in the order of the programme."""
    rows = Appearance.objects.of_edition(edition).select_related(
        "session__day__edition", "organisation", "speaker", "material_link"
    )
    rows = rows.exclude(state=AppearanceState.DECLINED).exclude(role=Role.INTERPRETER)
    rows = rows.exclude(session__kind__in=PLAIN_KINDS).exclude(
        session__state__in=[SessionState.DRAFT, SessionState.CANCELLED]
    )
    return rows.order_by(
        "session__day__date", "session__starts_at", "session__position", "session_id", "position", "pk"
    )
