"""The figures in the admin: a page with charts, also for paper, and the same for Excel.

Not a ModelAdmin: staff with no right but to see the figures meet no list of people on the way. The addresses of these
pages stand in RegistrationAdmin.get_urls. Staff who may see the rows see true numbers where the answers are not
sensitive; with ?numbers=to_pass_on they see what all others see. Staff who may see the sensitive answers as well can
open the true numbers of one such question at a time (?numbers=gender), on the page and never in a file, and each look
is logged.
"""

from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.http import Http404
from django.utils.translation import gettext as _

from conference.models import Edition
from conference.staff.pages import admin_page, chosen_edition
from registration.admin.common.downloads import XLSX, attachment, hand_out
from registration.choices import Look
from registration.figures import workbook
from registration.figures.charts import growth_chart, province_map
from registration.figures.drawing import svg
from registration.figures.growth import growth_to_pass_on, true_growth
from registration.figures.measures import SENSITIVE, questions_of
from registration.figures.snapshots import take_snapshots
from registration.figures.tables import tables_for_staff, tables_to_pass_on
from registration.models import AccessLog, Intake

TO_PASS_ON = "to_pass_on"  # noqa: S105 -- no password


@admin.site.admin_view
@permission_required("registration.view_figures", raise_exception=True)
def figures_page(request):
    edition = chosen_edition(request, also={"numbers"})
    may_open = SENSITIVE if _sees_sensitive(request) else frozenset()
    (total, *tables), growth, is_true = _tables(request, edition, may_open)
    told = [table.code for table in tables if table.is_true and table.code in SENSITIVE]
    if told:
        subject = f"figures {edition.year}"
        AccessLog.objects.create(user=request.user, look=Look.VIEW, subject=subject, columns=", ".join(told))
    curve = growth_chart(growth)
    return admin_page(
        request,
        "admin/registration/figures.html",
        _("Figures of the conference"),
        chosen=edition,
        editions=Edition.objects.latest_first(),
        made_at=workbook.made_at(),
        is_true=is_true,
        sees_rows=_sees_rows(request),
        may_open=may_open,
        keep_to_yourself=workbook.KEEP_TO_YOURSELF,
        taken_anew=workbook.TAKEN_ANEW,
        notes=workbook.NOTES + workbook.STEPS,
        total=total,
        all_together=list(zip(total.heads, total.totals, strict=True)),
        full=edition.expected_participants or total.largest,
        tables=tables,
        growth=growth,
        curve=curve and svg(curve),
        provinces=_province_map(tables),
    )


def _province_map(tables):
    chart = province_map(next(table for table in tables if table.code == "province"))
    return chart and svg(chart)


@admin.site.admin_view
@permission_required("registration.view_figures", raise_exception=True)
def figures_xlsx(request):
    edition = chosen_edition(request, also={"numbers"})
    tables, _growth, is_true = _tables(request, edition)
    name = f"figures-{edition.year}.xlsx"
    file = attachment(name, workbook.figures_xlsx(edition, tables, is_true=is_true), XLSX)
    codes = [table.code for table in tables if table.rows]
    return hand_out(request, file, name, columns=codes, count=len(codes))  # how many people is among the figures


def _tables(request, edition, may_open=frozenset()):
    """The tables that this reader sees, how the number grew, and whether true numbers are among them."""
    wanted = request.GET.get("numbers", "")
    if wanted not in {"", TO_PASS_ON, *may_open}:
        raise Http404
    opened = may_open & {wanted}
    questions = questions_of(edition)
    counts = take_snapshots(edition, questions, opened=opened)
    if wanted == TO_PASS_ON or not _sees_rows(request):
        return tables_to_pass_on(edition, questions), growth_to_pass_on(edition), False
    intake = Intake.of(edition)
    tables = tables_for_staff(
        edition,
        questions,
        counts,
        with_travel=intake is None or intake.keeps_sensitive(),
        opened=opened,
    )
    return tables, true_growth(edition, counts), True


def _sees_rows(request):
    return request.user.has_perm("registration.view_registration")


def _sees_sensitive(request):
    return _sees_rows(request) and request.user.has_perm("registration.view_inclusionanswers")
