"""What came out: staff look at the report as it would be, publish it, and tell the writers."""

from django.conf import settings
from django.contrib import messages
from django.contrib.admin.models import ADDITION, LogEntry
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, override

from conference.models import Edition
from conference.staff.pages import admin_page, chosen_edition, tell_number
from conference.words import digits
from contributions.admin.voices import SEES_WRITERS
from contributions.models import OutcomeVersion
from contributions.outcomes import publishing, telling
from contributions.outcomes.content import heard
from contributions.outcomes.files import FILES
from registration.admin.common.downloads import attachment
from registration.choices import Look
from registration.models import AccessLog

LOOKS = ("contributions.view_statement", "contributions.change_statement")
PUBLISHES = "contributions.publish_outcomes"
AT_ONCE = 50  # people to be told on one page
TOLD = ngettext_lazy("%(number)s person was told.", "%(number)s people were told.", "count")
DRAFTS = [
    (("km", "docx"), _("Khmer, for Word (DOCX)")),
    (("km", "pdf"), _("Khmer, PDF")),
    (("en", "docx"), _("English, for Word (DOCX)")),
    (("en", "pdf"), _("English, PDF")),
]


def _may_look(request):
    return any(request.user.has_perm(right) for right in LOOKS)


def page(request):
    """What the report would say now, what has changed, and the press that publishes it."""
    if not _may_look(request):
        raise PermissionDenied
    edition = chosen_edition(request)
    if request.method == "POST":
        return _publish(request, edition)
    found = publishing.waiting(edition)
    return admin_page(
        request,
        "admin/contributions/statement/outcomes.html",
        _("What came out"),
        chosen=edition,
        editions=Edition.objects.latest_first(),
        waiting=found,
        heard=heard(found.outcomes),
        versions=OutcomeVersion.objects.filter(edition=edition).defer("data").select_related("published_by"),
        drafts=[(reverse("admin:contributions_draft_file", args=which), words) for which, words in DRAFTS],
        may_publish=request.user.has_perm(PUBLISHES),
        may_tell=request.user.has_perm(SEES_WRITERS),
        to_tell=telling.still_to_tell(edition).count() if request.user.has_perm(SEES_WRITERS) else 0,
    )


def _publish(request, edition):
    if not request.user.has_perm(PUBLISHES):
        raise PermissionDenied
    try:
        version = publishing.publish(edition, request.user, request.POST.get("publish", ""))
    except publishing.NotPublished:
        messages.error(
            request, _("Nothing was published: a colleague changed something since you looked. Look again.")
        )
    else:
        LogEntry.objects.log_actions(request.user.pk, [version], ADDITION, _("Published"), single_object=True)
        messages.success(request, _("Version %(number)s is public.") % {"number": digits(version.number)})
    return redirect(f"{reverse('admin:contributions_outcomes')}?edition={edition.year}")


def draft_file(request, language, ending):
    """As it would be published now, to be read by the colleagues first."""
    if not _may_look(request):
        raise PermissionDenied
    edition = chosen_edition(request)
    if language not in ("en", "km") or ending not in ("docx", "pdf"):
        raise Http404
    found = publishing.waiting(edition)
    number = found.latest.number + 1 if found.latest else 1
    draft = publishing.draft(edition, found, number)
    with override(language):
        made = FILES[ending].write(edition, draft, language)
    return attachment(f"outcomes-{edition.year}-draft-{language}.{ending}", made, FILES[ending].content_type)


def tell(request):
    """Who is to be told, and a text to copy for each. Each look is logged."""
    if not request.user.has_perm(SEES_WRITERS):
        raise PermissionDenied
    edition = chosen_edition(request)
    if request.method == "POST":
        keys = [int(key) for key in request.POST.getlist("told") if key.isdecimal()][:AT_ONCE]
        number = telling.told(edition, keys)  # first: who is ticked as told gets no e-mail as well
        number += telling.send(edition) if "send" in request.POST else 0
        tell_number(request, TOLD, number)
        return redirect(f"{reverse('admin:contributions_tell')}?edition={edition.year}")
    rows = telling.still_to_tell(edition)
    here = telling.with_texts(edition, rows[:AT_ONCE])
    if here:
        AccessLog.objects.create(
            user=request.user,
            look=Look.VIEW,
            subject=f"inputs {edition.year}",
            columns="name, contact",
            count=len(here),
            edition=edition,
        )
    return admin_page(
        request,
        "admin/contributions/statement/tell.html",
        _("Tell the writers"),
        chosen=edition,
        editions=Edition.objects.latest_first(),
        here=here,
        number=rows.count(),
        sends_email=settings.SENDS_EMAIL,
    )
