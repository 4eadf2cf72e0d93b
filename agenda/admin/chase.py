"""The chase list in the admin: what is unfinished, each with a link to where it is put right."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext_lazy
from django.views.decorators.http import require_POST, require_safe

from agenda.chase import khmer
from agenda.chase.confirming import confirm_by_telephone
from agenda.chase.rows import load
from agenda.chase.unfinished import chase
from agenda.models import Appearance, Session
from conference import clock
from conference.language.khmer import store_clean
from conference.models import Edition
from conference.staff.list_admin import may_change_row
from conference.staff.pages import admin_page, chosen_edition, tell_number

ITEMS_OF_EACH = 20  # of a part, on the page of all parts
ITEMS_A_PAGE = 200
ROWS_TO_READ = 20
MARKED = ngettext_lazy("%(number)s is marked as right.", "%(number)s are marked as right.", "count")
NOT_MARKED = ngettext_lazy(
    "%(number)s is not marked: its text has changed meanwhile, or you may not change it.",
    "%(number)s are not marked: their texts have changed meanwhile, or you may not change them.",
    "count",
)


class WhoForm(forms.Form):
    who = forms.CharField(
        max_length=120,
        strip=True,
        error_messages={
            "required": gettext_lazy("Write who said on the telephone that they come."),
            "max_length": gettext_lazy("Write at most %(limit_value)d characters: the name is enough."),
        },
    )

    def clean_who(self):
        who = store_clean(self.cleaned_data["who"])
        if not who:  # nothing but invisible characters
            raise forms.ValidationError(self.fields["who"].error_messages["required"])
        return who


@require_safe
@admin.site.admin_view
@permission_required("agenda.view_session", raise_exception=True)
def chase_page(request):
    edition = chosen_edition(request, lambda: Edition.objects.being_prepared(clock.today()), also=["part", "page"])
    return _page(request, edition)


@require_POST
@admin.site.admin_view
@permission_required("agenda.change_appearance", raise_exception=True)
def confirm(request, pk):
    appearance = get_object_or_404(Appearance.objects.select_related("session__day__edition"), pk=pk)
    edition, form = appearance.session.day.edition, WhoForm(request.POST)
    if not form.is_valid():
        return _page(request, edition, wrong=pk, form=form)
    if confirm_by_telephone(appearance, form.cleaned_data["who"]):
        # Without the name: the admin's history is kept for ever.
        said = [{"changed": {"name": str(Appearance._meta.verbose_name), "object": str(pk), "fields": ["state"]}}]
        admin.site.get_model_admin(Session).log_change(request, appearance.session, said)
        messages.success(request, _("“%(who)s” is confirmed.") % {"who": appearance})
    else:
        messages.warning(
            request, _("“%(who)s” was no longer to be confirmed; nothing was changed.") % {"who": appearance}
        )
    return redirect(f"{reverse('admin:agenda_chase')}?edition={edition.year}#confirm")


def _page(request, edition, *, wrong=None, form=None):
    sections = chase(request, edition)
    part = next((one for one in sections if one.code == request.GET.get("part")), None)
    shown = Paginator(part.items, ITEMS_A_PAGE).get_page(request.GET.get("page")) if part else None
    return admin_page(
        request,
        "admin/agenda/chase.html",
        _("What is unfinished"),
        status=400 if form else 200,
        chosen=edition,
        editions=Edition.objects.latest_first(),
        sections=[part] if part else sections,
        page=shown,
        first=ITEMS_OF_EACH,
        total=sum(len(section.items) for section in sections),
        may_confirm=request.user.has_perm("agenda.change_appearance"),
        wrong=wrong,
        form=form,
    )


@admin.site.admin_view
@permission_required("agenda.view_session", raise_exception=True)
def khmer_page(request):
    """Both languages side by side, row after row, to be marked as right."""
    edition = chosen_edition(request, lambda: Edition.objects.being_prepared(clock.today()), also=["page"])
    rows = load(edition)
    found = khmer.to_read(rows)
    if request.method == "POST":
        keys = set(request.POST.getlist("shown" if "all" in request.POST else "right"))
        marked = khmer.mark_as_right(found, keys, request.user)
        for row in marked:
            said = [{"changed": {"fields": [str(row._meta.get_field("khmer_checked").verbose_name)]}}]
            LogEntry.objects.log_actions(request.user.pk, [row], CHANGE, said, single_object=True)
        tell_number(request, MARKED, len(marked))
        if left := len(keys) - len(marked):
            tell_number(request, NOT_MARKED, left)
        return redirect(request.get_full_path())
    page = Paginator(found, ROWS_TO_READ).get_page(request.GET.get("page"))
    return admin_page(
        request,
        "admin/agenda/khmer.html",
        _("Khmer to be read"),
        chosen=edition,
        page=page,
        progress=khmer.progress(rows),
        may=[one.key for one in page if may_change_row(request.user, one.row)],
    )
