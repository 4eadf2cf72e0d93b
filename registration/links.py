"""A participant's own link: it opens their registration and nothing else, without an account.

The link is the reference number and a code of 128 bits that only this site can make. Nothing of it is stored, so
nothing can be stolen from the database; `link_version` revokes it, and it dies when the personal data is erased.
"""

import hmac
from typing import TypedDict
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.safestring import SafeString
from django.utils.translation import override

from registration.models import Intake, Registration
from registration.qr_code import qr_svg

SALT = "registration.links"
LENGTH = 32  # hexadecimal digits


def token_for(registration: Registration) -> str:
    return f"{registration.code}-{_code(registration, settings.SECRET_KEY)}"


def address_for(registration: Registration) -> str:
    """The address without host, in the person's language."""
    with override(registration.language):
        return reverse("registration:own_link", args=[token_for(registration)])


def full_address_for(registration: Registration) -> str:
    """The same with host, for messages and pictures."""
    return f"{settings.SITE_URL}{address_for(registration)}"


class WaysBack(TypedDict, total=False):
    """The link for a page: to open, to photograph, and to send to oneself."""

    link: str
    link_qr: SafeString
    link_to_telegram: str


def ways_back(registration: Registration) -> WaysBack:
    address = full_address_for(registration)
    return {
        "link": address_for(registration),
        "link_qr": qr_svg(address),
        "link_to_telegram": f"https://t.me/share/url?{urlencode({'url': address})}",
    }


def registration_for(token: str) -> Registration | None:
    """Whom a link belongs to, or None: wrong, revoked, or past the date on which personal data is erased."""
    code, _dash, given = token.partition("-")
    registration = Registration.objects.select_related("edition").filter(code=code).first()
    intake = Intake.of(registration.edition) if registration else None
    if registration is None or intake is None or intake.links_expired():
        return None
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    is_right = any(hmac.compare_digest(given, _code(registration, key)) for key in keys)
    return registration if is_right else None


def revoke(registration: Registration) -> None:
    """Makes the present link useless; the next one differs."""
    registration.link_version += 1
    registration.save(update_fields=["link_version", "updated_at"])


def _code(registration: Registration, key: str) -> str:
    value = f"{registration.pk}:{registration.link_version}"
    return salted_hmac(SALT, value, secret=key, algorithm="sha256").hexdigest()[:LENGTH]
