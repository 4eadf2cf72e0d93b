"""The pages of an edition that staff look at before the public sees them."""

from django.template import Library
from django.utils.functional import Promise

from conference.language.translated import Text
from conference.models import Edition
from registration.views.preview import pages_of

register = Library()


@register.simple_tag
def previewed_pages(edition: Edition) -> list[tuple[Promise | Text, str]]:
    """(what a page is called, its address) in the phase that is looked at"""
    return [(page.title, page.address(edition, edition.previews_phase)) for page in pages_of(edition)]
