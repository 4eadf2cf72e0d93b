"""Volunteers at the desk: accounts for the days of a conference, which a code on paper opens and which then end.

The code takes the place of password and second factor. So the account opens the pages of the desk alone
(accounts.gate), only on its days, and in the first two browsers in which the code is used. A session ends at midnight;
the next morning the code is scanned anew.
"""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Permission, User
from django.db import transaction
from django.db.models import ProtectedError, Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string

from conference import clock
from conference.account_tables import AccountEvent, DayAccount
from conference.accounts import events
from conference.models import Edition
from conference.serving.attempts import Limit, Limited
from conference.serving.sessions import end_in

BACKEND = "conference.accounts.volunteers.DayBackend"
CHECK_IN = "registration.check_in_registration"
DESK = "/admin/desk/"
# Signing in and out again, and what a badge's QR code opens.
OF_THE_DESK = (DESK, "/b/", "/admin/login/", "/admin/logout/")
DEVICE = "desk-device"  # the cookie that names a browser
LETTERS = 32  # 190 bits
EVENING = timedelta(hours=8)  # before the first day begins, at midnight: to try the code out


class DayBackend(BaseBackend):
    """Finds the user of a session that a code has opened, for as long as the account runs. It gives no rights."""

    def get_user(self, user_id: int) -> User | None:
        running = (
            DayAccount.objects.running().filter(user=user_id, user__is_active=True).select_related("user").first()
        )
        if running is None:
            return None
        running.user.is_volunteer = True  # type: ignore[attr-defined] # the frame of the admin has links that are not for them
        running.user.volunteer_of = running.edition_id  # type: ignore[attr-defined] # people of other years are not theirs
        return running.user


def is_of_the_desk(path: str) -> bool:
    return path.startswith(OF_THE_DESK)


def first_page(user: User, leads_to: str) -> str:
    """For those who may do nothing but take people in: the desk, whichever page they asked for."""
    is_elsewhere = not is_of_the_desk(leads_to) or leads_to.startswith("/admin/login/")
    return DESK if is_elsewhere and user.get_all_permissions() == {CHECK_IN} else leads_to


# --- Making and ending them ------------------------------------------------------------------------------------------


def username(edition: Edition, name: str) -> str:
    """As lists name who took a person in."""
    return f"{name} ({edition.year})"


def make(edition: Edition, names: list[str], first: date, last: date) -> list[tuple[DayAccount, str]]:
    """Each account with its code, which is known this once."""
    codes = [get_random_string(LETTERS) for _name in names]
    may = Permission.objects.get(content_type__app_label="registration", codename=CHECK_IN.partition(".")[2])
    with transaction.atomic():
        users = User.objects.bulk_create(
            User(username=username(edition, name), first_name=name, is_staff=True, password=make_password(None))
            for name in names
        )
        User.user_permissions.through.objects.bulk_create(
            User.user_permissions.through(user=user, permission=may) for user in users
        )
        made = DayAccount.objects.bulk_create(
            DayAccount(
                user=user,
                edition=edition,
                name=name,
                starts_at=_midnight(first) - EVENING,
                ends_at=_midnight(last + timedelta(days=1)),
                code=_hashed(code),
            )
            for user, name, code in zip(users, names, codes, strict=True)
        )
    return list(zip(made, codes, strict=True))


def new_codes(accounts: Iterable[DayAccount]) -> list[tuple[DayAccount, str]]:
    """The codes of before open nothing any more, their sessions are closed, and each account is open again."""
    anew = []
    with transaction.atomic():
        for account in accounts:
            code = get_random_string(LETTERS)
            account.code, account.device, account.other_device, account.closed_at = _hashed(code), "", "", None
            account.save()
            # A session is bound to the password, though none opens this account.
            User.objects.filter(pk=account.pk).update(password=make_password(None))
            anew.append((account, code))
    return anew


def close(accounts: Iterable[DayAccount]) -> int:
    keys = [account.pk for account in accounts]
    return DayAccount.objects.filter(pk__in=keys, closed_at=None).update(closed_at=clock.now())


def forget_past() -> None:
    """With their users. One whom the history of a participant names stays until that is erased, and opens nothing."""
    for account in DayAccount.objects.past().select_related("user"):
        with suppress(ProtectedError):
            account.user.delete()


def address(code: str) -> str:
    return f"{settings.SITE_URL.rstrip('/')}{reverse('volunteer', args=[code])}"


# --- Signing in ------------------------------------------------------------------------------------------------------


def of_code(code: str) -> DayAccount | None:
    """Also one that does not run yet. Of others a visitor is told nothing."""
    account = DayAccount.objects.filter(code=_hashed(code), user__is_active=True).select_related("user", "edition")
    found = account.first()
    return None if found is None or found.is_over else found


def sign_in(request: HttpRequest, response: HttpResponse, account: DayAccount) -> bool:
    """False where two other browsers were first."""
    device = request.COOKIES.get(DEVICE, "")
    if len(device) != LETTERS:
        device = get_random_string(LETTERS)
    if not _is_bound(account, _hashed(device)):
        return False
    login(request, account.user, backend=BACKEND)
    now = clock.now()
    tonight = min(_midnight(timezone.localdate(now) + timedelta(days=1)), account.ends_at)
    end_in(request, (tonight - now).total_seconds())
    events.note(request, account.user, AccountEvent.What.SIGNED_IN)
    seconds = int((account.ends_at - now).total_seconds())
    response.set_cookie(
        DEVICE, device, max_age=seconds, path="/admin/", secure=settings.HTTPS, httponly=True, samesite="Lax"
    )
    return True


def of_visitor(visitor: str) -> Limited:
    return Limit("code of a volunteer", a_quarter=20), visitor


def _is_bound(account: DayAccount, device: str) -> bool:
    """To this browser. Of two that come at once for the last place, one gets it."""
    row = DayAccount.objects.filter(pk=account.pk, code=account.code)
    known = row.filter(Q(device=device) | Q(other_device=device))
    return bool(
        known.exists()
        or row.filter(device="").update(device=device)
        or row.filter(other_device="").exclude(device=device).update(other_device=device)
        or known.exists()  # the button was pressed twice
    )


def _hashed(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))
