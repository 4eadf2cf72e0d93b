"""The figures to take away: a sheet that says what they are, and a sheet with all tables below each other."""

from io import BytesIO

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conference import clock
from conference.files.sheets import add_about, add_format, add_sheet, write_row
from conference.models import Edition
from conference.words import clock as written_clock
from conference.words import date_only, digits
from registration.figures.tables import Table

# How to read the figures: on the page and in the file.
NOTES = [
    gettext_lazy(
        "Registered: signed up, and neither declined nor cancelled. Confirmed: has a place. Attended: was there on at "
        "least one day."
    ),
    gettext_lazy(
        "Asked: has a place and asked ODC to pay the journey. Decided: asked, and ODC has decided on every part. "
        "Travelled: ODC pays at least a part, and the person was there."
    ),
    gettext_lazy("By day, “attended” means those who were there on that day, the others those who chose it."),
    gettext_lazy("In the tables on groups and on days, one person can be in several rows."),
]
STEPS = [
    gettext_lazy(
        "“10–14” stands for a number from 10 to 14, “fewer than 5” for one from 0 to 4. Exact numbers could tell "
        "about one person. People who did not answer stand in no row, and answers with few people may have none."
    ),
    gettext_lazy(
        "“Not shown” stands where fewer than ten people count, or where two columns beside each other would tell "
        "about one person."
    ),
]
TAKEN_ANEW = gettext_lazy(
    "A column was taken on the day that stands with it, the same for all readers. The next one is taken when at least "
    "ten people more or fewer count in it."
)
KEEP_TO_YOURSELF = gettext_lazy("True numbers of this moment, for staff who see the rows: not to be passed on.")


def figures_xlsx(edition: Edition, tables: list[Table], *, is_true: bool) -> bytes:
    about = [str(edition), *([made_at(), str(KEEP_TO_YOURSELF)] if is_true else [])]
    if edition.expected_participants:
        target = digits(edition.expected_participants)
        about.append(_("Target: at least %(number)s participants") % {"number": target})
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        title = _("Figures of the conference")
        sheet = add_about(book, _("About"), [*about, *map(str, [*NOTES, *STEPS, TAKEN_ANEW])], width=90, title=title)
        sheet.fit_to_pages(1, 0)
        sheet = add_sheet(book, _("Figures"))
        sheet.set_column(0, 0, 46)
        sheet.set_column(1, max(len(table.measures) for table in tables), 18)
        sheet.fit_to_pages(1, 0)
        body = add_format(book, text_wrap=True)
        right = add_format(book, align="right")
        bold = add_format(book, bold=True, text_wrap=True)
        line = 0
        for table in tables:
            write_row(sheet, line, [str(table.title), *(str(measure.label) for measure in table.measures)], bold)
            rows = [*table.rows, (_("People in all"), table.totals)]
            for label, cells in rows:
                line += 1
                numbers = [cell.words if cell.number is None else cell.number for cell in cells]
                write_row(sheet, line, [str(label)], body)
                write_row(sheet, line, numbers, right, first_column=1)
            line += 1
            below = [str(KEEP_TO_YOURSELF)] if table.is_true else ["", *(taken for _measure, taken in table.heads)]
            write_row(sheet, line, below, body)
            line += 2  # one line stays empty
    return out.getvalue()


def made_at() -> str:
    moment = timezone.localtime(clock.now())
    return _("As of %(date)s, %(time)s") % {"date": date_only(moment.date()), "time": written_clock(moment.time())}
