"""The figures in the admin: a page with charts, also for paper, and the same for Excel.

Not a ModelAdmin: staff with no right but to see the figures meet no list of people on the way. The addresses of these
pages stand in RegistrationAdmin.get_urls.
"""

from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.utils.translation import gettext as _

from conference.admin import admin_page, chosen_edition
from conference.models import Edition
from registration.admin.common.downloads import XLSX, attachment, hand_out
from registration.figures import workbook
from registration.figures.gather import gather, may_be_shown
from registration.figures.suppression import Measure


@admin.site.admin_view
@permission_required("registration.view_figures", raise_exception=True)
def figures_page(request):
    edition = chosen_edition(request)
    figures = may_be_shown(gather(edition))
    return admin_page(
        request,
        "admin/registration/figures.html",
        _("Figures of the conference"),
        chosen=edition,
        editions=Edition.objects.latest_first(),
        made_at=workbook.made_at(figures),
        notes=workbook.NOTES,
        measures=list(Measure),
        all_together=list(zip(Measure, figures.totals, strict=True)),
        full=edition.expected_participants or _largest(figures.totals),
        tables=[(table, _largest(cell for row in table.rows for cell in row.cells)) for table in figures.tables],
    )


@admin.site.admin_view
@permission_required("registration.view_figures", raise_exception=True)
def figures_xlsx(request):
    edition = chosen_edition(request)
    figures = may_be_shown(gather(edition))
    name = f"figures-{edition.year}.xlsx"
    file = attachment(name, workbook.figures_xlsx(edition, figures), XLSX)
    codes = [table.code for table in figures.tables]
    return hand_out(request, file, name, columns=codes, count=len(codes))  # how many people is among the figures


def _largest(cells):
    """What the longest bar stands for."""
    return max((cell.count or 0 for cell in cells), default=0)
