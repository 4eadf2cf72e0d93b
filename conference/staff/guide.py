"""The guide for staff (docs/staff.*.md) as a page of the admin, and where in it each page of the admin is explained.

A place in the guide has a name, written as <a id="publishing"></a> before what it leads to, the same in both
languages.
"""

import re
from functools import cache
from typing import NamedTuple

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from conference.pages.markdown import Markdown
from conference.rooms_above import rooms_above
from conference.staff.pages import admin_page

MARKDOWN = Markdown(breaks=False)
PLACE = re.compile(r"(?:<p>)?&lt;a id=&quot;([a-z-]+)&quot;&gt;&lt;/a&gt;(?:</p>)?")
PART = re.compile(r'<a id="([a-z-]+)"></a>\s*<h2>(.*?)</h2>')

# How the name of a page's address begins -> the place. The longest beginning that fits is taken.
PLACES = {
    "admin:": "first-steps",
    "account": "signing-in",
    "own_password": "signing-in",
    "admin:password": "signing-in",
    "admin:auth_": "signing-in",
    "new_link": "signing-in",
    "volunteers": "volunteers",
    "first_steps": "first-steps",
    "admin:conference_edition": "next-year",
    "admin:edition_ready": "next-year",
    "admin:conference_organisation": "organisations",
    "admin:conference_page": "pages",
    "admin:conference_otherevent": "at-once",
    "admin:agenda_": "agenda",
    "admin:agenda_programmeversion": "versions",
    "admin:agenda_restore": "versions",
    "admin:agenda_publish": "publishing",
    "admin:agenda_import": "importing",
    "admin:agenda_chase": "unfinished",
    "admin:agenda_khmer": "unfinished",
    "admin:agenda_day_shift": "late",
    "admin:agenda_recording": "recordings",
    "admin:agenda_photograph": "at-once",
    "admin:registration_": "registrations",
    "admin:registration_registration_add": "entering",
    "admin:registration_intake": "intake",
    "admin:registration_extraquestion": "own-questions",
    "admin:registration_invitation": "invitations",
    "admin:registration_bringingin": "people-from-elsewhere",
    "admin:registration_changerequest": "requests-for-changes",
    "admin:registration_guardiancall": "guardians",
    "admin:registration_merge": "look-alikes",
    "admin:registration_list": "lists",
    "admin:registration_badge": "badges",
    "admin:registration_certificates": "certificates",
    "admin:registration_figures": "figures",
    "admin:registration_report": "report",
    "admin:registration_message": "messages",
    "admin:registration_messagetext": "words",
    "admin:registration_letter": "letters",
    "admin:registration_plannedletter": "letters",
    "admin:registration_write": "letters",
    "admin:registration_arrangement": "access-needs",
    "admin:registration_inclusion": "access-needs",
    "admin:registration_needs": "access-needs",
    "admin:registration_travel": "travel",
    "admin:registration_hotel": "travel",
    "admin:registration_accesslog": "signing-in",
    "desk:": "desk",
    "paper:": "day-pack",
}


class Guide(NamedTuple):
    html: SafeString
    parts: list[tuple[str, SafeString]]  # the name and the heading of each


@admin.site.admin_view
def page(request: HttpRequest) -> HttpResponse:
    guide = guide_in(get_language() or settings.LANGUAGE_CODE)
    response: HttpResponse = admin_page(request, "admin/guide.html", _("Guide for staff"), guide=guide)
    return response


@cache
def guide_in(language: str) -> Guide:
    return as_guide((settings.BASE_DIR / "docs" / f"staff.{language}.md").read_text(encoding="utf-8"))


def as_guide(text: str) -> Guide:
    """The title of the file is left out: the page has its own."""
    html = MARKDOWN.html(MARKDOWN.tokens(re.sub(r"\A# .*\n", "", text)))
    # Both are of our own files, and have been escaped.
    html = mark_safe(PLACE.sub(r'<a id="\1"></a>', html))  # noqa: S308
    return Guide(html, [(name, mark_safe(words)) for name, words in PART.findall(html)])  # noqa: S308


@cache
def _all_places() -> dict[str, str]:
    above: dict[str, str] = {}
    for room in rooms_above():
        above |= room.guide
    return PLACES | above


def place_of(view_name: str) -> str:
    """Where in the guide a page of the admin is explained; empty for a page that has no word there."""
    places = _all_places()
    fitting = [start for start in places if view_name.startswith(start)]
    return places[max(fitting, key=len)] if fitting else ""
