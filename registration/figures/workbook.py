"""The figures to take away: a sheet that says what they are, and a sheet with all tables below each other."""

from io import BytesIO

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conference.words import clock, date_only, digits
from registration.figures.suppression import Mark, Measure
from registration.lists import files

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
FONT = {"font_name": "Noto Sans Khmer", "valign": "top"}


def figures_xlsx(edition, figures) -> bytes:
    """Expects figures that may be shown."""
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        formats = {
            "body": book.add_format({**FONT, "text_wrap": True}),
            "number": book.add_format({**FONT, "align": "right"}),
            "bold": book.add_format({**FONT, "bold": True, "text_wrap": True}),
            "title": book.add_format({**FONT, "bold": True, "font_size": 14}),
        }
        _write_about(book.add_worksheet(_("About")), edition, figures, formats)
        _write_tables(book.add_worksheet(_("Figures")), figures, formats)
    return out.getvalue()


def _write_about(sheet, edition, figures, formats):
    _set_up(sheet, 90)
    sheet.write_string(0, 0, _("Figures of the conference"), formats["title"])
    lines = [edition, made_at(figures)]
    if edition.expected_participants:
        lines.append(_("Target: at least %(number)s participants") % {"number": digits(edition.expected_participants)})
    for number, line in enumerate([*lines, *NOTES], start=1):
        sheet.write_string(number, 0, str(line), formats["body"])


def made_at(figures):
    moment = timezone.localtime(figures.made_at)
    return _("As of %(date)s, %(time)s") % {"date": date_only(moment.date()), "time": clock(moment.time())}


def _write_tables(sheet, figures, formats):
    _set_up(sheet, 46)
    sheet.set_column(1, len(Measure), 16)
    headings = [str(measure.label) for measure in Measure]
    line = _write_headings(sheet, 0, [_("All together"), *headings], formats["bold"])
    line = _write_cells(sheet, line, _("People in all"), figures.totals, formats) + 1
    for table in figures.tables:
        line = _write_headings(sheet, line, [str(table.title), *headings], formats["bold"])
        for row in table.rows:
            line = _write_cells(sheet, line, str(row.label), row.cells, formats)
        line = _write_cells(sheet, line, _("People in all"), table.totals, formats) + 1


def _set_up(sheet, width):
    sheet.set_column(0, 0, width)
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)


def _write_headings(sheet, line, texts, text_format):
    for column, text in enumerate(texts):
        sheet.write_string(line, column, text, text_format)
    return line + 1


def _write_cells(sheet, line, label, cells, formats):
    sheet.write_string(line, 0, label, formats["body"])
    for column, cell in enumerate(cells, start=1):
        if cell.mark == Mark.SHOWN:
            sheet.write_number(line, column, cell.count, formats["number"])
        else:
            sheet.write_string(line, column, str(cell.mark.label), formats["number"])
    return line + 1


def log_export(user, edition, figures):
    """One line, as for every list that is taken away. It counts tables: how many people is among the figures."""
    codes = [table.code for table in figures.tables]
    files.log_export(user, f"figures-{edition.year}.xlsx", columns=codes, count=len(codes))
