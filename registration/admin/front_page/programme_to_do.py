"""A line for the admin's first page: how much of the programme is unfinished."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from agenda.chase.unfinished import count
from conference.models import Edition
from conference.words import digits


def unfinished_programme(request):
    """(text, address, count), or None for whoever may not see the programme's rows."""
    edition = Edition.objects.being_prepared(timezone.localdate())
    if edition is None or not request.user.has_perm("agenda.view_session"):
        return None
    open_things = count(request, edition)
    text = ngettext(
        "%(number)s thing unfinished in the programme of %(year)s",
        "%(number)s things unfinished in the programme of %(year)s",
        open_things,
    )
    said = text % {"number": digits(open_things), "year": digits(edition.year)}
    return said, f"{reverse('admin:agenda_chase')}?edition={edition.year}", open_things
