from typing import Any

from django.template import Context, Library

from agenda.publishing import versions
from conference.models import Edition

register = Library()


@register.inclusion_tag("admin/agenda/_unpublished.html", takes_context=True)
def unpublished(context: Context) -> dict[str, Any]:
    """The editions whose draft is not what the public sees."""
    pending = [versions.unpublished(edition) for edition in Edition.objects.latest_first()]
    return {"pending": [one for one in pending if one.lines or not one.latest], "perms": context["perms"]}
