"""The figures to take away: a sheet that says what they are, and a sheet with all tables below each other."""

from io import BytesIO

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conference.models import Edition
from conference.words import clock, date_only, digits
from registration.figures.gather import Figures
from registration.figures.suppression import Measure
from registration.lists.sheets import add_about, add_format, add_sheet, write_row

# How to read the figures: on the page and in the file.
NOTES = [
    gettext_lazy(
        "Registered: signed up, and neither declined nor cancelled. Confirmed: has a place. Attended: was there on at "
        "least one day. Travelled: has a place and asked ODC to pay the journey."
    ),
    gettext_lazy("By day, “attended” means those who were there on that day, the others those who chose it."),
    gettext_lazy("In the tables on groups and on days, one person can be in several rows."),
    gettext_lazy("A number from 1 to 4 is never shown. In the tables on gender, age and groups, 0 is hidden too."),
    gettext_lazy(
        "“Not shown” stands where a number, or its difference from another one, would let a reader work out one below "
        "five."
    ),
]


def figures_xlsx(edition: Edition, figures: Figures) -> bytes:
    """The figures must be those that may be shown (gather.may_be_shown)."""
    about = [str(edition), made_at(figures)]
    if edition.expected_participants:
        target = digits(edition.expected_participants)
        about.append(_("Target: at least %(number)s participants") % {"number": target})
    tables = [(_("All together"), [(_("People in all"), figures.totals)])]
    for table in figures.tables:
        rows = [(str(row.label), row.cells) for row in table.rows]
        tables.append((str(table.title), [*rows, (_("People in all"), table.totals)]))
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        title = _("Figures of the conference")
        sheet = add_about(book, _("About"), [*about, *map(str, NOTES)], width=90, title=title)
        sheet.fit_to_pages(1, 0)
        sheet = add_sheet(book, _("Figures"))
        sheet.set_column(0, 0, 46)
        sheet.set_column(1, len(Measure), 16)
        sheet.fit_to_pages(1, 0)
        body = add_format(book, text_wrap=True)
        right = add_format(book, align="right")
        bold = add_format(book, bold=True, text_wrap=True)
        line = 0
        for heading, rows in tables:
            write_row(sheet, line, [heading, *(str(measure.label) for measure in Measure)], bold)
            for label, cells in rows:
                line += 1
                numbers = [str(cell.mark.label) if cell.count is None else cell.count for cell in cells]
                write_row(sheet, line, [label], body)
                write_row(sheet, line, numbers, right, first_column=1)
            line += 2  # one line stays empty
    return out.getvalue()


def made_at(figures: Figures) -> str:
    moment = timezone.localtime(figures.made_at)
    return _("As of %(date)s, %(time)s") % {"date": date_only(moment.date()), "time": clock(moment.time())}
