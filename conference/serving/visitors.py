"""Who asks, as far as a limit (conference.serving.attempts) must know it."""

from ipaddress import AddressValueError, IPv6Address, ip_network

from django.conf import settings
from django.http import HttpRequest


def visitor_of(request: HttpRequest) -> str:
    """The network address a request comes from. Of visitors it is never stored as it is: only as a keyed hash, for an
    hour. Staff see from where their account was used.

    Behind our proxy it is the last address of X-Forwarded-For, which the proxy itself wrote: a visitor can put others
    before it. One IPv6 visitor has 2^64 addresses, so these count as one.
    """
    address = str(request.META.get("REMOTE_ADDR", ""))
    if settings.BEHIND_PROXY:
        address = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip() or address
    try:
        parsed = IPv6Address(address)
    except AddressValueError:
        return address
    return str(parsed.ipv4_mapped or ip_network(f"{parsed}/64", strict=False))
