"""How to report a hole in the site, where programs and researchers look for it (RFC 9116)."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from conference.models import Edition

GOOD_FOR = timedelta(days=90)


@require_safe
@cache_control(max_age=24 * 3600)
def security_txt(request: HttpRequest) -> HttpResponse:
    """The operator's word, else the current edition's e-mail. In real time: readers drop a file that has ended."""
    contact = settings.SECURITY_CONTACT or getattr(Edition.objects.current(), "contact_email", "")
    if not contact:
        raise Http404
    expires = (timezone.now() + GOOD_FOR).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: {contact if ':' in contact else f'mailto:{contact}'}",
        f"Expires: {expires.isoformat()}",
        "Preferred-Languages: en, km",
        f"Canonical: {settings.SITE_URL.rstrip('/')}/.well-known/security.txt",
    ]
    return HttpResponse("".join(f"{line}\n" for line in lines), content_type="text/plain; charset=utf-8")
