from django.utils.functional import SimpleLazyObject

from conference.models import Edition


def edition(request):
    """The edition the page is about: the one in the address, else the current one."""
    return {"edition": getattr(request, "edition", None) or SimpleLazyObject(Edition.objects.current)}
