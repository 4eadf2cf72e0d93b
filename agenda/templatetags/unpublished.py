from typing import Any

from django.template import Context, Library

from agenda.publishing.pending import pending

register = Library()


@register.inclusion_tag("admin/agenda/_unpublished.html", takes_context=True)
def unpublished(context: Context) -> dict[str, Any]:
    """The editions whose draft is not what the public sees."""
    return {"pending": [one for one in pending() if one.waits], "perms": context["perms"]}
