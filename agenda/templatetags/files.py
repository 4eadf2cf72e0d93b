from django.template import Library
from django.utils.translation import gettext as _

from agenda.programme.materials import Material
from conference.words import comma, digits

register = Library()
MEGABYTE = 1024 * 1024


@register.filter
def filesize_words(size: int) -> str:
    """In whole kilobytes, at least one, or in megabytes: visitors who pay for each of them want to know before."""
    if size >= MEGABYTE:
        return _("%(number)s MB") % {"number": digits(f"{size / MEGABYTE:.1f}")}
    return _("%(number)s KB") % {"number": digits(max(1, round(size / 1024)))}


@register.filter
def facts(material: Material) -> str:
    """PDF, 812 KB, Khmer: what readers want to know before they open it."""
    site = _("on %(site)s") % {"site": material.kind}
    what = [material.kind, filesize_words(material.size)] if material.file else [site]
    return comma().join([*what, *map(str, material.language_labels)])
