"""The list of participants to take away. An allow-list of columns: nothing sensitive is among them.

A column is (field code, heading, how to get it). Headings are in the language of whoever exports; field codes stay.
"""

import csv
import re
from io import BytesIO, StringIO

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registration.choices import Agreement, Look, Subject
from registration.models import AccessLog
from registration.phone import international


def _consent(registration, subject):
    answers = [one for one in registration.consents.all() if one.subject == subject]
    return Agreement(answers[-1].answer).label if answers else ""


def _when(moment):
    return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M")


COLUMNS = [
    ("code", _("Reference number"), lambda row: row.spoken_code),
    ("status", _("Status"), lambda row: row.get_status_display()),
    ("name_km", _("Name in Khmer"), lambda row: row.name_km),
    ("name_latin", _("Name in Latin letters"), lambda row: row.name_latin),
    ("organisation", _("Organisation or group"), lambda row: row.organisation),
    ("sector", _("Sector"), lambda row: row.get_sector_display()),
    ("part", _("Takes part as"), lambda row: row.get_part_display()),
    ("phone", _("Telephone"), lambda row: international(row.phone)),
    ("phone_owner", _("Whose telephone"), lambda row: row.get_phone_owner_display()),
    ("telegram", _("Telegram"), lambda row: row.telegram),
    ("email", _("E-mail"), lambda row: row.email),
    ("province", _("Province"), lambda row: row.get_province_display()),
    ("days", _("Days"), lambda row: ", ".join(day.date.isoformat() for day in row.days.all())),
    ("photos", _("Photos"), lambda row: _consent(row, Subject.PHOTOS)),
    ("language", _("Language of the form"), lambda row: row.get_language_display()),
    ("created_at", _("Registered"), lambda row: _when(row.created_at)),
]
CODES = [code for code, _heading, _get in COLUMNS]

# What a spreadsheet would take for a formula, full-width signs included; a telephone number is not one.
_FORMULA = re.compile(r"^\s*[=+\-@|%\t\r\n＝＋－＠]")
_TELEPHONE = re.compile(r"^\+[0-9 ]+$")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML has no word for these


def rows(registrations):
    """Real words in every cell, all of them text; three queries, however many rows."""
    for registration in registrations.prefetch_related("days", "consents").iterator(chunk_size=500):
        yield [_ILLEGAL.sub("", str(get(registration))) for _code, _heading, get in COLUMNS]


def headings():
    return [str(heading) for _code, heading, _get in COLUMNS]


def attendees_csv(registrations) -> bytes:
    """For Excel: it needs the byte-order mark to see Khmer, and must not be handed formulas."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(headings())
    for row in rows(registrations):
        writer.writerow([_harmless(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def _harmless(cell):
    return f"'{cell}" if _FORMULA.match(cell) and not _TELEPHONE.match(cell) else cell


def attendees_xlsx(registrations) -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        sheet = book.add_worksheet(str(_("Participants"))[:31])
        body = book.add_format({"font_name": "Noto Sans Khmer", "valign": "top"})
        bold = book.add_format({"font_name": "Noto Sans Khmer", "bold": True, "text_wrap": True, "valign": "top"})
        sheet.set_column(0, len(COLUMNS) - 1, 22, body)
        sheet.set_row(0, 36)
        sheet.freeze_panes(1, 1)
        for column, heading in enumerate(headings()):
            sheet.write_string(0, column, heading, bold)
        for number, row in enumerate(rows(registrations), start=1):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell, body)
    return out.getvalue()


def log_export(user, subject, *, columns, count):
    """One line for every list that is taken away: its columns and how many records, never the answers."""
    AccessLog.objects.create(user=user, look=Look.EXPORT, subject=subject, columns=", ".join(columns), count=count)
