from django.template import Library

from agenda import publishing
from conference.models import Edition

register = Library()


@register.inclusion_tag("admin/agenda/_unpublished.html", takes_context=True)
def unpublished(context):
    """The editions whose draft is not what the public sees."""
    pending = [publishing.unpublished(edition) for edition in Edition.objects.latest_first()]
    return {"pending": [one for one in pending if one.lines or not one.latest], "perms": context["perms"]}
