"""A session of the agenda, as staff choose it for a call and for a floor: by a plain list, which needs no script."""

from conference import clock
from conference.models import Edition
from conference.staff.list_admin import KEY
from conference.words import clock as clock_words


def called(session):
    above = session.parent
    at = session.starts_at or (above and above.starts_at)
    words = [str(session.day), clock_words(at) if at else "", str(above) if above else "", str(session)]
    return " · ".join(filter(None, words))


def edition_of(request, row):
    """That of the form that is sent; before, that of the row, or the one at work."""
    if KEY.fullmatch(key := request.POST.get("edition", "")):
        return Edition.objects.filter(pk=key).first()
    return row.edition if row else Edition.objects.at_work(clock.today())
