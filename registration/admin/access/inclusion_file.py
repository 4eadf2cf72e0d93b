"""Sensitive answers as a file: only with the right to, and with a reason."""

from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from conference.staff.pages import admin_page, chosen_edition
from registration.admin.common.downloads import hand_out, list_as_file
from registration.forms.reason import ReasonForm
from registration.lists import files
from registration.lists.inclusion import inclusion_list


@admin.site.admin_view
@sensitive_post_parameters("reason")
@permission_required("registration.export_inclusionanswers", raise_exception=True)
def inclusion_file(request):
    edition = chosen_edition(request)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        answers = inclusion_list(edition, user=request.user, reason=reason)
        name = f"{answers.code}-{edition.year}.xlsx"
        return hand_out(
            request,
            list_as_file(answers, name),
            name,
            columns=files.codes(answers),
            count=files.size(answers),
            edition=edition,
            reason=reason,
        )
    title = _("Export sensitive answers")
    if form.errors:
        title = f"{_('Error:')} {title}"
    return admin_page(request, "admin/registration/inclusion_file.html", title, chosen=edition, form=form)
