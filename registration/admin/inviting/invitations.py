"""Invitations: who is asked, how they answered, the link, the printed letter, more time."""

from urllib.parse import urlencode

from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from conference.files.qr_code import qr_svg
from conference.staff.edition_filter import of_edition, shown_edition
from conference.staff.list_admin import FixedFilter, ListAdmin, never
from conference.staff.pages import admin_page, chosen_edition
from conference.words import moment
from registration.admin.common.display import EMPTY, displayed, in_words
from registration.admin.common.downloads import hand_out
from registration.admin.inviting.forms import UntilForm
from registration.admin.inviting.new import NO_PLACE, invite_page
from registration.choices import InvitationState, Look
from registration.inviting import guests
from registration.links import invitation_for
from registration.models import AccessLog, Invitation
from registration.places.days import Beginnings
from registration.places.lock import DaysGone, NoPlaceLeft, TooLate

FOLDER = "admin/registration/invitation"
SEES = ("registration.view_invitation", "registration.view_registration")
INVITES = (*SEES, "registration.add_invitation", "registration.add_registration")


class AnswerFilter(FixedFilter):
    title = _("answer")
    parameter_name = "state"
    answers = InvitationState.choices

    def queryset(self, request, queryset):
        return queryset.that_stand(self.value()) if self.value() else queryset


@admin.register(Invitation)
class InvitationAdmin(ListAdmin):
    has_change_permission = has_delete_permission = never
    change_list_template = f"{FOLDER}/change_list.html"
    list_display = ["names", "organisation", "role", "answer_shown", "until", "contact", "invited"]
    list_filter = [AnswerFilter, of_edition("registration__edition")]
    list_select_related = ["registration"]
    list_per_page = 50
    actions = None
    invited = in_words(Invitation, "invited_at")
    organisation = displayed(_("organisation or group"), lambda one: one.registration.organisation or EMPTY)
    role = displayed(
        _("role on the badge"),
        lambda one: one.registration.get_badge_role_display() or one.registration.get_part_display(),
    )
    answer_shown = displayed(_("answer"), lambda one: one.state.label)
    until = displayed(
        _("kept until"),
        lambda one: moment(one.registration.offered_until) if one.registration.offered_until else EMPTY,
        ordering="registration__offered_until",
    )

    @admin.display(description=_("name"))
    def names(self, one):
        row = one.registration
        both = [name for name in (row.name_km, row.name_latin) if name]
        return format_html_join(mark_safe("<br>"), "{}", ((name,) for name in both))

    @admin.display(description=_("contact"))
    def contact(self, one):
        row = one.registration
        return row.phone or row.telegram or row.email

    def has_view_permission(self, request, obj=None):
        return request.user.has_perms(SEES)

    has_module_permission = has_view_permission

    def has_add_permission(self, request):
        return request.user.has_perms(INVITES)

    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_add_permission(request):
            raise PermissionDenied
        return invite_page(request)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        one = self.get_object(request, object_id)
        if one is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request):
            raise PermissionDenied
        return _one_page(request, one)

    def get_urls(self):
        return [
            path("letters/", letters, name="registration_invitation_letters"),
            path("<key:pk>/letter/", letter, name="registration_invitation_letter"),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        response = super().changelist_view(request, extra_context)
        context = getattr(response, "context_data", None) or {}
        if "cl" in context:
            filtered = shown_edition(context["cl"])
            context["letters_of"] = filtered.edition if filtered else None
        return response


def _one_page(request, one):
    """The link may be seen: it opens the invitation alone, and only until it is answered. The look is noted."""
    row = one.registration
    form = UntilForm(request.POST or None, begin=Beginnings(row.edition).of_places(row.days.all()))
    may_invite = request.user.has_perms(INVITES)
    if request.method == "POST" and not may_invite:
        raise PermissionDenied
    if form.is_valid() and _keep(request, one, form.cleaned_data["until"]):
        return redirect("admin:registration_invitation_change", one.pk)
    context = {"one": one, "registration": row, "form": form, "may_invite": may_invite and one.may_wait}
    if one.is_open:
        AccessLog.objects.create(user=request.user, look=Look.LINK, subject=f"invitation {row}")
        link = invitation_for(row)
        context |= {
            "link": link,
            "qr": qr_svg(link),
            "to_telegram": f"https://t.me/share/url?{urlencode({'url': link})}",
        }
    return admin_page(request, f"{FOLDER}/page.html", _("Invitation"), opts=Invitation._meta, **context)


def _keep(request, one, until):
    try:
        guests.keep_until(one, until, by=request.user)
    except NoPlaceLeft:
        messages.error(request, NO_PLACE)
    except (TooLate, DaysGone):
        messages.error(request, _("Nothing was changed: the guest has answered meanwhile, or the days have begun."))
    else:
        said = _("The place is kept until %(moment)s.")
        messages.success(request, said % {"moment": moment(until)})
        return True
    return False


@admin.site.admin_view
@permission_required(SEES, raise_exception=True)
def letters(request):
    """Of an edition all that are not answered yet, a sheet each."""
    edition = chosen_edition(request)
    rows = Invitation.objects.open().filter(registration__edition=edition)
    return _letters(request, edition, list(_with_registration(rows)), f"invitations {edition.year}")


@admin.site.admin_view
@permission_required(SEES, raise_exception=True)
def letter(request, pk):
    one = _with_registration(Invitation.objects.open().filter(pk=pk)).first()
    if one is None:
        raise Http404
    return _letters(request, one.registration.edition, [one], f"invitation {one}")


def _with_registration(rows):
    return rows.select_related("registration__edition").order_by("registration__name_latin", "pk")


def _letters(request, edition, rows, subject):
    sheets = [(one.registration, link, qr_svg(link)) for one in rows for link in [invitation_for(one.registration)]]
    page = admin_page(request, f"{FOLDER}/letters.html", _("Letters of invitation"), sheets=sheets, chosen=edition)
    columns = ["name_km", "name_latin", "organisation", "link"]
    return hand_out(request, page, subject, columns=columns, count=len(rows), edition=edition)
