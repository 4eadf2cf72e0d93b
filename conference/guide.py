"""The guide for staff (docs/staff.*.md) as a page of the admin. Of Markdown it reads what those files use."""

import re
from functools import cache

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from conference.admin import admin_page

BOLD, CODE = re.compile(r"\*\*(.+?)\*\*"), re.compile(r"`([^`]+)`")
RULE = re.compile(r"^\|[-|: ]+\|$")  # below the headings of a table


@admin.site.admin_view
def page(request: HttpRequest) -> HttpResponse:
    response: HttpResponse = admin_page(
        request, "admin/guide.html", _("Guide for staff"), guide=_guide(get_language() or settings.LANGUAGE_CODE)
    )
    return response


@cache
def _guide(language: str) -> SafeString:
    return as_html((settings.BASE_DIR / "docs" / f"staff.{language}.md").read_text(encoding="utf-8"))


def as_html(text: str) -> SafeString:
    """Everything but the marks is escaped. The title of the file is left out: the page has its own."""
    made, parts = [], 0
    for block in re.split(r"\n\s*\n", text.strip()):
        lines = block.splitlines()
        if lines[0].startswith("## "):
            parts += 1
            made.append(f'<h2 id="part-{parts}">{_words(lines[0][3:])}</h2>')
        elif lines[0].startswith("|"):
            heads, *rows = [line.strip("|").split("|") for line in lines if not RULE.match(line)]
            made.append(f"<table><tr>{''.join(f'<th>{_words(cell)}</th>' for cell in heads)}</tr>")
            made += [f"<tr>{''.join(f'<td>{_words(cell)}</td>' for cell in row)}</tr>" for row in rows]
            made.append("</table>")
        elif lines[0].startswith("* "):
            items = re.split(r"(?:^|\n)\* ", block)[1:]
            made.append(f"<ul>{''.join(f'<li>{_words(item)}</li>' for item in items)}</ul>")
        elif not lines[0].startswith("# "):
            made.append(f"<p>{_words(block)}</p>")
    return mark_safe("".join(made))  # noqa: S308 -- every word in it is escaped


def _words(text: str) -> str:
    words = escape(" ".join(text.split()))
    return CODE.sub(r"<code>\1</code>", BOLD.sub(r"<strong>\1</strong>", words))
