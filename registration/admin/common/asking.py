"""The page between a list action and what it does: whom it concerns, how many they are, and what they are told.

The page holds the keys of the rows that staff saw on it: what the list has found since is not touched. They stand in
one field, because a page may hold thousands.
"""

import re

from django.contrib import messages
from django.utils.translation import gettext as _

from conference.serving.converters import Key
from conference.staff.pages import admin_page
from registration.messages import outbox
from registration.messages.preview import previews
from registration.models import MessageText

KEYS = re.compile(rf"{Key.regex}(,{Key.regex})*")
TEMPLATE = "admin/registration/ask_first.html"


def is_sure(request):
    """The button on the page was pressed."""
    return request.POST.get("sure") == "yes"


def chosen(request, rows):
    """Of these rows those that staff saw on the page."""
    keys = request.POST.get("keys", "")
    return rows.filter(pk__in=keys.split(",")) if KEYS.fullmatch(keys) else rows.none()


def ask_first(request, model_admin, action, rows, *, template=TEMPLATE, about="", concerned=None, **shown):
    """`concerned`: of the rows those with which something happens; without it all of them."""
    rows = list(rows)
    concerned = rows if concerned is None else concerned
    _function, name, title = model_admin.get_actions(request)[action]
    context = {
        "opts": model_admin.opts,
        "action": name,
        "about": about,
        "rows": concerned,
        "how_many": len(concerned),
        "left_out": len(rows) - len(concerned),
        "keys": ",".join(str(row.pk) for row in rows),
    }
    return admin_page(request, template, title, **(context | shown))


def what_is_told(people, kind):
    """For the page: the message of this kind, in both languages, and how it reaches these people of one edition."""
    if not people:
        return {}
    edition = people[0].edition
    by_email = sum(outbox.goes_by_email(person) for person in people)
    return {
        "by_email": by_email,
        "by_telephone": len(people) - by_email,
        "previews": previews(edition, kind, MessageText.of(edition, kind)),
    }


def are_of_one_edition(request, people):
    """A message has one text for each edition. Says so where people of several were chosen."""
    is_one = len({person.edition_id for person in people}) <= 1
    if not is_one:
        messages.error(request, _("Choose people of one edition."))
    return is_one
