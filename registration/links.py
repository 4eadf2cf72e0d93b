"""What opens a participant's own page, without an account: their own link, and their private code.

The link is the reference number and a code of 128 bits that only this site can make. Nothing of it is stored, so
nothing can be stolen from the database; `link_version` revokes it, and it dies when the personal data is erased.
The private code is made in the same way, short enough to be typed. The reference number is no secret: it is printed on
badges and lists.

Not every door opens all. Standing and practical things are behind each; what a participant told us in private (needs,
food, groups, travel, and all that we hold) is not behind

* number and telephone (own_page.finding);
* a door that staff gave: the link that goes to a contact which staff have changed, or a link that staff have seen. It
  opens all once an inclusion officer has looked into it. The private code opens all in the browser where it is said;
* any door, where staff have merged another registration into this one, until an officer opens it. Until then no door
  changes the answers, makes a new link or erases.
"""

import hmac
import re
from typing import TypedDict
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import F
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.safestring import SafeString
from django.utils.translation import override

from conference.files.qr_code import qr_svg
from conference.language.khmer import ascii_digits
from conference.models import Edition
from conference.serving.link_codes import code_of, is_code_of, secret_keys
from registration.models import Intake, Registration
from registration.models.codes import CODE_LETTERS

SALT = "registration.links"
INVITATION_SALT = "registration.links.invitation"
CODE_SALT = "registration.links.private_code"
PRIVATE_CODE_LENGTH = 8
STAND_IN = Registration(pk=0, edition=Edition(pk=0))


def token_for(registration: Registration, *, is_own: bool = False) -> str:
    """Of the link that is given out now: where staff gave the newest way in, one that opens the standing alone.

    `is_own`: it is shown to the participant alone, who came by a door of their own, and opens all.
    """
    is_trusted = is_own or registration.staff_door == registration.trusted_door
    value = _value(registration, 0 if is_trusted else registration.staff_door)
    return f"{registration.code}-{code_of(SALT, value)}"


def address_for(registration: Registration, *, is_own: bool = False) -> str:
    """The address without host, in the person's language."""
    with override(registration.language):
        return reverse("registration:own_link", args=[token_for(registration, is_own=is_own)])


def full_address_for(registration: Registration) -> str:
    """The same with host, for messages and pictures."""
    return f"{settings.SITE_URL}{address_for(registration)}"


def invitation_address(registration: Registration) -> str:
    """The address of an invitation, without host, in the person's language. It opens nothing but the invitation, and
    that only until it is answered: staff may see it, print it and hand it on.
    """
    token = f"{registration.code}-{code_of(INVITATION_SALT, _invited(registration))}"
    with override(registration.language):
        return reverse("registration:invitation", args=[token])


def invitation_for(registration: Registration) -> str:
    """The same with host, for messages and pictures."""
    return f"{settings.SITE_URL}{invitation_address(registration)}"


def invited_by(token: str) -> Registration | None:
    """Who is invited by a link and has still to answer, or None: the same for a wrong, a used and an old link."""
    code, _dash, given = token.partition("-")
    of_code = Registration.objects.select_related("edition", "invitation").filter(code=code)
    known = of_code.exclude(invitation=None).first()
    registration = known or STAND_IN  # the work is the same for a number that we do not know
    is_right = is_code_of(INVITATION_SALT, _invited(registration), given)
    return known if known is not None and is_right and known.invitation.is_open else None


class WaysBack(TypedDict, total=False):
    """The link and the private code for a page: to open, to photograph, and to send to oneself."""

    link: str
    link_qr: SafeString
    link_to_telegram: str
    private_code: str


def ways_back(registration: Registration) -> WaysBack:
    address = full_address_for(registration)
    return {
        "link": address_for(registration),
        "link_qr": qr_svg(address),
        "link_to_telegram": f"https://t.me/share/url?{urlencode({'url': address})}",
        "private_code": private_code(registration),
    }


def registration_for(token: str) -> Registration | None:
    """Whom a link belongs to, or None: wrong, revoked, or past the date on which personal data is erased.

    `is_trusted` of the row says whether this link is surely the participant's own.
    """
    code, _dash, given = token.partition("-")
    known = Registration.objects.select_related("edition").filter(code=code).first()
    registration = known or STAND_IN  # the work is the same for a number that we do not know
    intake, is_right = Intake.of(registration.edition), False
    for value, is_trusted in _links_of(registration).items():
        if is_code_of(SALT, value, given):
            is_right, registration.is_trusted = True, is_trusted
    return known if is_right and intake is not None and not intake.links_expired() else None


def private_code(registration: Registration) -> str:
    """K7MX-42QR: only the participant is told it, never staff."""
    code = _private_code(registration, settings.SECRET_KEY)
    return f"{code[:4]}-{code[4:]}"


def is_private_code(registration: Registration, typed: str) -> bool:
    """However it was typed: large or small letters, with the dash or without, digits of either language."""
    given = re.sub(r"[\W_]", "", ascii_digits(typed)).upper().encode()
    return any(hmac.compare_digest(given, _private_code(registration, key).encode()) for key in secret_keys())


def revoke(registration: Registration) -> None:
    """Makes the present link useless; the next one differs."""
    _raise(registration, "link_version")


def renew(registration: Registration) -> None:
    """The same, and makes the present private code useless: both stood on one paper, or in one message."""
    revoke(registration)
    _raise(registration, "code_version")


def add_staff_door(registration: Registration) -> None:
    """Links that are given out from now on open the standing alone. Those of before stay as they are."""
    _raise(registration, "staff_door")


def trust_doors(registration: Registration) -> None:
    """What staff gave is the participant's own: it opens all, and so does every link from now on."""
    registration.trusted_door = registration.staff_door
    registration.save(update_fields=["trusted_door", "updated_at"])


def _raise(registration: Registration, column: str) -> None:
    """In the database, so that two at once count twice."""
    Registration.objects.filter(pk=registration.pk).update(**{column: F(column) + 1})
    registration.refresh_from_db(fields=[column])


def _links_of(registration: Registration) -> dict[str, bool]:
    """What is signed in each link that opens the registration now, and whether it is surely the participant's own."""
    found = {
        _value(registration, registration.staff_door): False,
        _value(registration, registration.trusted_door): True,
        _value(registration, 0): True,
    }
    if registration.code_version == 0:  # links from before the reference number was signed as well
        found[f"{registration.pk}:{registration.link_version}"] = True
    return found


def _value(registration: Registration, door: int) -> str:
    """With the reference number, which is drawn by lot: after a restore another person may be given the row number."""
    return f"{registration.pk}:{registration.code}:{registration.link_version}:{door}"


def _invited(registration: Registration) -> str:
    """What is signed in the link of an invitation."""
    return f"{registration.pk}:{registration.code}"


def _private_code(registration: Registration, key: str) -> str:
    value = f"{registration.code}:{registration.code_version}"
    digest = salted_hmac(CODE_SALT, value, secret=key, algorithm="sha256").digest()
    pairs = (int.from_bytes(digest[place : place + 2]) for place in range(0, 2 * PRIVATE_CODE_LENGTH, 2))
    return "".join(CODE_LETTERS[pair % len(CODE_LETTERS)] for pair in pairs)
