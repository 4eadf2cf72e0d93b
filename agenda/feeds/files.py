"""The files of a programme: under which name each is found, what it is for, and how it is made."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass

from django.core.cache import cache
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from agenda.feeds import frab, ical
from agenda.feeds.frab_xml import schedule_xml
from agenda.feeds.open_data import open_data
from agenda.feeds.pdf import agenda_pdf
from agenda.feeds.table import table_csv

A_DAY = 24 * 3600


@dataclass(frozen=True)
class File:
    name: str
    type: str
    title: Promise
    use: Promise
    make: Callable  # (programme, edition, stamp) -> bytes, in the active language
    measure: Callable | None = None  # its size, where making it only to weigh it would take too long

    def size(self, *source):
        return self.measure(*source) if self.measure else len(self.make(*source))


def _one_language():
    return [get_language()]


def _both_languages():
    return [get_language(), "km" if get_language() == "en" else "en"]


def _pdf(languages):
    """How it is made, and how large it is if it was made already: setting Khmer takes about a second."""

    def make(programme, edition, stamp):
        key = _key(programme, edition, stamp, languages())
        content = cache.get(key)
        if content is None:
            content = agenda_pdf(programme, edition, stamp, languages())
            cache.set(key, content, A_DAY)
        return content

    def measure(programme, edition, stamp):
        content = cache.get(_key(programme, edition, stamp, languages()))
        return content and len(content)

    return {"make": make, "measure": measure}


def _key(programme, edition, stamp, languages):
    """Another one as soon as anything that is printed changes."""
    printed = [edition.title, edition.venue, edition.city, edition.programme_note, edition.disclaimer]
    dates = [edition.starts_on, edition.ends_on]
    content = repr([programme, printed, dates, stamp, languages])
    return "agenda-pdf-" + hashlib.sha256(content.encode()).hexdigest()


def _calendar(programme, edition, stamp):
    return ical.calendar(programme, edition, stamp)


def _table(programme, edition, stamp):
    return table_csv(programme, stamp)


def _json(value):
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def _open_data(programme, edition, stamp):
    return _json(open_data(programme, edition, stamp))


def _schedule_json(programme, edition, stamp):
    return _json(frab.schedule(programme, edition, stamp))


def _schedule_xml(programme, edition, stamp):
    here = stamp.site + reverse("agenda:schedule.xml", args=[programme.year])
    return schedule_xml(frab.schedule(programme, edition, stamp), here)


PAPER = [
    File(
        "agenda.pdf",
        "application/pdf",
        _("The agenda as PDF"),
        _("To print on A4, or to send by Telegram."),
        **_pdf(_one_language),
    ),
    File(
        "agenda-both.pdf",
        "application/pdf",
        _("The agenda as PDF in Khmer and English"),
        _("Each text in both languages, one under the other."),
        **_pdf(_both_languages),
    ),
]
CALENDAR = File(
    "agenda.ics",
    ical.TYPE,
    _("The whole agenda for your calendar"),
    _("Open it on your phone or computer: every session goes into your calendar."),
    _calendar,
)
APP = File(
    "schedule.xml",
    "application/xml",
    _("For conference apps (schedule.xml)"),
    _("In Giggity or another conference app on Android, add a schedule and paste this address."),
    _schedule_xml,
)
DATA = [
    File(
        "agenda.csv",
        "text/csv",
        _("The agenda as a table (CSV)"),
        _("One line for each session. Excel and LibreOffice open it."),
        _table,
    ),
    File(
        "edition.json",
        "application/json",
        _("All that is public about the conference (JSON)"),
        _("The conference, who holds it, its purposes, the agenda and other events, in both languages."),
        _open_data,
    ),
    File(
        "schedule.json",
        "application/json",
        _("The agenda for programs (schedule.json)"),
        _("The same as the file for conference apps, as JSON."),
        _schedule_json,
    ),
]
FILES = {file.name: file for file in [*PAPER, CALENDAR, APP, *DATA]}
