"""The files of a programme: under which name each is found, what it is for, and how it is made."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.core.cache import caches
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from agenda.cloth.drawing import cloth_file
from agenda.cloth.weaving import weave
from agenda.cloth.words import description
from agenda.feeds import frab, ical
from agenda.feeds.frab_xml import schedule_xml
from agenda.feeds.open_data import open_data
from agenda.feeds.pdf import agenda_pdf
from agenda.feeds.stamp import Stamp
from agenda.feeds.table import table_csv, table_xlsx
from agenda.programme.value import Programme
from conference.files.documents import TYPES
from conference.models import Edition


@dataclass(frozen=True)
class File:
    name: str
    type: str
    title: Promise
    use: Promise
    make: Callable[[Programme, Edition, Stamp], bytes]  # in the active language
    # Its size, where it takes too long to make it only to weigh it; None as long as it was not made.
    measure: Callable[[Programme, Edition, Stamp], int | None] | None = None

    def size(self, programme: Programme, edition: Edition, stamp: Stamp) -> int | None:
        return self.measure(programme, edition, stamp) if self.measure else len(self.make(programme, edition, stamp))


def pdf(programme: Programme, edition: Edition, stamp: Stamp, *, both: bool) -> bytes:
    """The agenda on paper. Set once for all processes."""
    key, languages = _pdf_key(programme, edition, stamp, both)
    content: bytes | None = caches["papers"].get(key)
    if content is None:
        content = agenda_pdf(programme, edition, stamp, languages)
        caches["papers"].set(key, content)
    return content


def _size_of_pdf(programme: Programme, edition: Edition, stamp: Stamp, *, both: bool) -> int | None:
    content: bytes | None = caches["papers"].get(_pdf_key(programme, edition, stamp, both)[0])
    return None if content is None else len(content)


def _pdf_key(programme: Programme, edition: Edition, stamp: Stamp, both: bool) -> tuple[str, list[str]]:
    """(a key that changes as soon as anything that is printed changes, the languages: the reader's own leads)."""
    own = get_language()
    languages = [own, "km" if own == "en" else "en"] if both else [own]
    printed = [edition.title, edition.venue, edition.city, edition.programme_note, edition.disclaimer]
    dates = [edition.starts_on, edition.ends_on]
    content = repr([programme, printed, dates, stamp, languages])
    return "agenda-pdf-" + hashlib.sha256(content.encode()).hexdigest(), languages


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


PAPER = [
    File(
        "agenda.pdf",
        "application/pdf",
        _("The agenda as PDF"),
        _("To print on A4, or to send by Telegram."),
        make=partial(pdf, both=False),
        measure=partial(_size_of_pdf, both=False),
    ),
    File(
        "agenda-both.pdf",
        "application/pdf",
        _("The agenda as PDF in Khmer and English"),
        _("Each text in both languages, one under the other."),
        make=partial(pdf, both=True),
        measure=partial(_size_of_pdf, both=True),
    ),
    File(
        "krama.svg",
        "image/svg+xml",
        _("The krama of this conference (SVG)"),
        _("Woven from the agenda: for slides, and to print."),
        make=lambda programme, _edition, _stamp: cloth_file(weave(programme), description(programme)).encode(),
    ),
]
CALENDAR = File(
    "agenda.ics",
    ical.TYPE,
    _("The whole agenda for your calendar"),
    _("Open it on your phone or computer: every session goes into your calendar."),
    make=ical.calendar,
)
APP = File(
    "schedule.xml",
    "application/xml",
    _("For conference apps (schedule.xml)"),
    _("In Giggity or another conference app on Android, add a schedule and paste this address."),
    make=lambda programme, edition, stamp: schedule_xml(
        frab.schedule(programme, edition, stamp),
        address=stamp.site + reverse("agenda:schedule.xml", args=[programme.year]),
    ),
)
DATA = [
    File(
        "agenda.csv",
        "text/csv",
        _("The agenda as a table (CSV)"),
        _("One line for each session. Excel and LibreOffice open it."),
        make=lambda programme, _edition, stamp: table_csv(programme, stamp),
    ),
    File(
        "agenda.xlsx",
        TYPES[".xlsx"],
        _("The agenda as a table (Excel)"),
        _("The same table as a workbook, with real dates and times."),
        make=lambda programme, _edition, stamp: table_xlsx(programme, stamp),
    ),
    File(
        "edition.json",
        "application/json",
        _("All that is public about the conference (JSON)"),
        _("The conference, who holds it, its purposes, the agenda and other events, in both languages."),
        make=lambda programme, edition, stamp: _json(open_data(programme, edition, stamp)),
    ),
    File(
        "schedule.json",
        "application/json",
        _("The agenda for programs (schedule.json)"),
        _("The same as the file for conference apps, as JSON."),
        make=lambda programme, edition, stamp: _json(frab.schedule(programme, edition, stamp)),
    ),
]
FILES = {file.name: file for file in [*PAPER, CALENDAR, APP, *DATA]}
