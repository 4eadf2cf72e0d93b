"""The token of a badge: what its QR code holds, and nothing else (/b/<token>/)."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse

from conference.models import Edition
from registration.models import Registration, SecondNumber
from registration.models.codes import BADGE_TOKEN, new_badge_token
from registration.models.registration import ERASED_WORD


def give_tokens(edition: Edition) -> None:
    """To the rows of an edition that have none: code from before there were tokens wrote them."""
    without = Registration.objects.filter(edition=edition, badge_token=None).exclude(name_latin=ERASED_WORD)
    for pk in without.values_list("pk", flat=True):
        Registration.objects.filter(pk=pk, badge_token=None).update(badge_token=new_badge_token())


def with_tokens(tokens: Iterable[str]) -> dict[str, Registration]:
    """Whom each of these tokens opens, with the edition and the days.

    The badge of a registration that was merged may be printed already: it opens the one that stays.
    """
    readable = {token for token in tokens if BADGE_TOKEN.fullmatch(token)}  # no database stores all that is sent
    people = Registration.objects.select_related("edition").prefetch_related("days")
    found = {str(row.badge_token): row for row in people.filter(badge_token__in=readable)}
    earlier = SecondNumber.objects.filter(badge_token__in=readable - found.keys())
    stays = {str(token): pk for token, pk in earlier.values_list("badge_token", "registration")}
    known = {row.pk: row for row in found.values()}
    known |= people.in_bulk(set(stays.values()) - known.keys()) if stays else {}
    return found | {token: known[pk] for token, pk in stays.items()}


def full_address_of(token: str) -> str:
    """For the QR code of a badge. It is in no language: the page speaks that of the telephone."""
    return f"{settings.SITE_URL}{reverse('desk:badge', args=[token])}"
