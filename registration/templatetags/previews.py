"""The pages of an edition that staff look at before the public sees them."""

from django.template import Library
from django.utils.functional import Promise

from conference.models import Edition
from registration.views.preview import address, pages_of

register = Library()


@register.simple_tag
def previewed_pages(edition: Edition) -> list[tuple[Promise, str]]:
    """(what a page is called, its address) in the phase that is looked at"""
    return [(title, address(edition, edition.previews_phase, name)) for name, title in pages_of(edition)]
