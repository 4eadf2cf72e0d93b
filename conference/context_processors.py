from django.utils.functional import SimpleLazyObject

from conference.models import Edition


def edition(request):
    """The edition the page is about: the one in the address, else the current one; and where the site is."""
    site = SimpleLazyObject(lambda: f"{request.scheme}://{request.get_host()}")  # a wrong host is refused elsewhere
    shown = getattr(request, "edition", None) or SimpleLazyObject(Edition.objects.current)
    return {"site": site, "edition": shown, "has_archive": SimpleLazyObject(Edition.objects.has_archive)}
