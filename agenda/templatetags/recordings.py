"""The recording of a page, in the language of its reader. Where there is none, nothing stands there.

{% load recordings %}
{% hear "home" %}   near the title
{% hear "sign_up" form.page %}   of several pages
"""

from django.db.models import CharField
from django.template import Context, Library
from django.utils.translation import get_language, ngettext

from agenda.models import Recording
from conference.asking import Given, Prepared
from conference.words import digits

register = Library()

_OF_PAGE = Prepared(
    lambda: Recording.objects.filter(
        edition=Given("edition"), page=Given("page", CharField()), language=Given("language", CharField())
    )
)


@register.inclusion_tag("agenda/_hear.html", takes_context=True)
def hear(context: Context, page: str, number: int | None = None) -> dict[str, Recording | None]:
    page = f"{page}_{number}" if number else page
    return {"recording": _OF_PAGE.first(edition=context["edition"].pk, page=page, language=get_language())}


@register.filter
def how_long_it_plays(seconds: int) -> str:
    """40 seconds; from a minute on in whole minutes, begun ones too."""
    if seconds < 60:
        return ngettext("%(number)s second", "%(number)s seconds", seconds) % {"number": digits(seconds)}
    minutes = -(-seconds // 60)
    return ngettext("%(number)s minute", "%(number)s minutes", minutes) % {"number": digits(minutes)}
