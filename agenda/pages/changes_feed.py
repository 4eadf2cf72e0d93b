"""What changed, as an Atom feed in the language of its address."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agenda.publishing import versions
from agenda.templatetags.sessions import version_name
from conference.models import Edition
from conference.words import labelled, paragraphs


def feed_of(request: HttpRequest, edition: Edition) -> HttpResponse:
    page = request.build_absolute_uri(reverse("agenda:changes", args=[edition.year]))
    feed = Atom1Feed(
        title=labelled(edition.title, _("What changed")),
        link=page,
        description="",
        language=get_language(),
        feed_url=request.build_absolute_uri(),
        feed_guid=page,
        author_name=str(edition.title),  # RFC 4287, 4.1.1: a feed has one, or each of its entries
    )
    _page, entries = versions.changes(edition)
    for version, lines in entries:
        there = f"{page}#version-{version.number}"
        items = format_html_join("", "<li>{}</li>", ((labelled(line.title(), line.words()),) for line in lines))
        what = format_html("<ul>{}</ul>", items) if items else format_html("<p>{}</p>", _("The agenda was published."))
        feed.add_item(
            title=version_name(version.number),
            link=there,
            unique_id=there,
            description=paragraphs(version.note) + what,
            pubdate=version.published_at.replace(microsecond=0),
            updateddate=version.published_at.replace(microsecond=0),
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
