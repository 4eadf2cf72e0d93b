"""“My account”: what its owner sees, and changes."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.utils import timezone

from conference.account_tables import Account, AccountEvent, SignInTry
from conference.accounts import factor
from conference.models import Attempt
from tests.pages import read
from tests.signing_in import ACCOUNT, APP, CODE, ELSEWHERE, RIGHT, STRANGER, give_password, is_in, sign_in, visitor

pytestmark = pytest.mark.django_db

What = AccountEvent.What
CHANGE = "/admin/password_change/"


def test_owner_is_told_of_the_last_sign_in_and_of_wrong_codes(dara, app):
    sign_in(visitor(), app)
    thief = visitor(ELSEWHERE)
    give_password(thief)
    thief.post(CODE, {"code": "000000"})

    client = sign_in(visitor(), app)
    page = read(client.get("/admin/"))

    assert "Your account was used last: " in page
    assert STRANGER in page
    assert "Since then a wrong code was given 1 time after the right password." in page
    assert "used last" not in read(client.get("/admin/"))
    own = read(client.get(ACCOUNT))
    assert ELSEWHERE in own
    assert "the password was right, the code was wrong" in own


def test_events_go_after_their_days(dara):
    sign_in(visitor())
    AccountEvent.objects.update(at=timezone.now() - timedelta(days=91))
    sign_in(visitor())
    SignInTry.objects.create(key="x", at=timezone.now() - timedelta(hours=1))

    call_command("tend_registration")

    assert AccountEvent.objects.count() == 1
    assert not SignInTry.objects.exists()


@pytest.mark.parametrize(("asked", "to"), [("codes", None), ("app", APP)])
def test_owner_changes_the_second_step_with_a_code_only(dara, required, app, asked, to):
    client = sign_in(visitor(), app)
    before = set(dara.recovery_codes.values_list("hashed", flat=True))

    refused = client.post(ACCOUNT, {"asked": asked, "code": "000000"})
    assert "This code is not right" in read(refused)
    assert set(dara.recovery_codes.values_list("hashed", flat=True)) == before
    done = client.post(ACCOUNT, {"asked": asked, "code": app()})

    if to:
        assert done.url == to
        salt = client.session["signing_in"]["salt"]
        client.post(APP, {"code": factor.code_now(dara, salt)})
        assert Account.objects.get().factor_salt == salt
    else:
        assert len(re.findall(r"<code>\d{4} \d{4} \d{4}</code>", done.content.decode())) == 10
    assert not set(dara.recovery_codes.values_list("hashed", flat=True)) & before


def test_open_browser_has_few_tries_for_the_old_password(dara):
    client = sign_in(visitor())
    new = {"new_password1": "a quite new password", "new_password2": "a quite new password"}
    for number in range(5):
        client.post(CHANGE, {"old_password": f"guess {number}", **new})

    assert "It was tried too often" in read(client.post(CHANGE, {"old_password": RIGHT, **new}))
    assert User.objects.get().check_password(RIGHT)


def test_owner_changes_the_password_and_sees_that_it_was_changed(dara, required, app):
    client, other = sign_in(visitor(), app), sign_in(visitor(ELSEWHERE), app)
    new = {"new_password1": "a quite new password", "new_password2": "a quite new password"}

    assert client.post(CHANGE, {"old_password": RIGHT, **new}).url == "/admin/password_change/done/"

    assert is_in(client)
    assert not is_in(other)
    assert dara.account_events.filter(what=What.PASSWORD).count() == 1
    assert not Attempt.objects.exists()
