"""The token of a badge: what its QR code holds, and nothing else (/b/<token>/)."""

from django.conf import settings
from django.urls import reverse

from conference.models import Edition
from registration.models import Registration
from registration.models.codes import new_badge_token
from registration.models.registration import ERASED_WORD


def give_tokens(edition: Edition) -> None:
    """To the rows of an edition that have none: code from before there were tokens wrote them."""
    without = Registration.objects.filter(edition=edition, badge_token=None).exclude(name_latin=ERASED_WORD)
    for pk in without.values_list("pk", flat=True):
        Registration.objects.filter(pk=pk, badge_token=None).update(badge_token=new_badge_token())


def full_address_of(token: str) -> str:
    """For the QR code of a badge. It is in no language: the page speaks that of the telephone."""
    return f"{settings.SITE_URL}{reverse('desk:badge', args=[token])}"
