"""Volunteers at the desk: a code on paper opens the desk, on its days, in two browsers, and nothing else."""

import re
from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from conference import clock
from conference.account_tables import AccountEvent, DayAccount
from conference.accounts import volunteers
from registration.models import Step
from registration.staff import make_groups
from tests.crawl import addresses, routes
from tests.factories import make_day, make_edition, make_registration
from tests.pages import read
from tests.registration.admin.registrations.test_registration import member_of
from tests.signing_in import ELSEWHERE, LOGIN, RIGHT, give_password, is_in, visitor

pytestmark = pytest.mark.django_db

PAGE, DESK = "/admin/desk/volunteers/", "/admin/desk/"
ENDED = "This code opens nothing, or nothing any more"


def at(day, hour, minute=0):
    return timezone.make_aware(datetime(2024, 3, day, hour, minute))


@pytest.fixture
def on(monkeypatch):
    """Sets the clock of the site. It begins in the morning of the first day."""

    def stands(*moment):
        monkeypatch.setattr(clock, "now", lambda: at(*moment))

    stands(26, 7, 45)
    return stands


@pytest.fixture
def code(edition, on):
    """Of “Desk 3”, for both days."""
    ((_account, code),) = volunteers.make(edition, ["Desk 3"], edition.starts_on, edition.ends_on)
    return code


@pytest.fixture
def lead(staff_client, edition, on):
    return staff_client


def address(code):
    return reverse("volunteer", args=[code])


def scan(code, client=None):
    """Signs in, as with one press after scanning."""
    client = client or visitor()
    client.post(address(code))
    return client


def is_at_the_desk(client):
    response = client.get(DESK)
    return response.status_code == 200 or response.url.startswith(DESK)


# --- Signing in ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("is_required", [True, False])
def test_one_press_after_scanning_opens_the_desk(code, settings, is_required):
    settings.REQUIRE_SECOND_FACTOR = is_required
    client = visitor()

    page = client.get(address(code))
    assert "Sign in as Desk 3" in read(page)
    assert "no-store" in page["Cache-Control"]
    assert not is_at_the_desk(client)
    assert DayAccount.objects.get().devices == 0
    assert client.post(address(code)).url == DESK

    assert is_at_the_desk(client)
    event = AccountEvent.objects.get()
    assert (event.user.username, event.what, event.visitor) == ("Desk 3 (2024)", "signed_in", "198.51.100.7")


def test_volunteer_is_a_stranger_on_every_page_but_those_of_the_desk(code, edition, client):
    registration = make_registration(edition)
    scan(code, client)
    open_to_all = (
        LOGIN,
        "/admin/jsi18n/",
        "/admin/logout/",
        "/admin/forgotten/",
        "/admin/new-password/",
        "/admin/volunteer/",
    )
    asked, opened = 0, {}

    for route in [one for one in routes() if one.startswith("admin/") or "draft/" in one]:
        there = next(iter(addresses(route, registration)), None)
        if there is None or there.startswith(open_to_all):
            continue
        for response in (client.get(there), client.post(there)):
            is_sent_away = response.status_code == 302 and response.url.startswith(LOGIN)
            asked += is_sent_away
            if not is_sent_away and response.status_code not in (301, 403, 404, 405):
                opened[there] = response

    assert asked > 300
    assert DESK in opened
    assert [there for there in opened if not there.startswith(DESK)] == []
    assert [
        there for there, response in opened.items() if "attachment" in response.get("Content-Disposition", "")
    ] == []
    assert client.get(PAGE).status_code == 403
    assert client.get("/admin/", follow=True).redirect_chain[-1][0].startswith(DESK)
    client.post("/admin/logout/")
    assert not is_at_the_desk(client)


def test_people_of_other_years_are_not_for_a_volunteer(code, client):
    before = make_edition(year=2023)
    make_day(before)
    scan(code, client)

    assert client.get("/admin/desk/2024/1/people.json").status_code == 200
    assert client.get("/admin/desk/2023/1/people.json").status_code == 403
    assert client.post("/admin/desk/2023/1/press/", {"token": "x"}).status_code == 403


def test_volunteer_sees_no_link_that_leads_nowhere(code):
    page = scan(code).get(DESK, follow=True).content.decode()

    assert "/admin/logout/" in page
    assert not [link for link in ("/admin/account/", "/admin/guide/", "/admin/password_change/") if link in page]


def test_code_opens_in_two_browsers_and_in_no_third(code):
    first, second, third = scan(code), scan(code), visitor(ELSEWHERE)

    assert "used in two other browsers already" in read(third.post(address(code)))
    assert not is_at_the_desk(third)
    assert is_at_the_desk(first)
    assert is_at_the_desk(second)


def test_browser_that_used_the_code_signs_in_again_the_next_morning(code, on):
    first = scan(code)
    scan(code)
    on(27, 7, 30)
    Session.objects.all().delete()

    assert not is_at_the_desk(first)
    assert is_at_the_desk(scan(code, first))


def test_button_that_is_pressed_twice_takes_one_browser(code):
    stale = [volunteers.of_code(code) for _press in range(2)]

    assert [volunteers._is_bound(account, "hash of one browser") for account in stale] == [True, True]
    assert DayAccount.objects.get().devices == 1


def test_session_of_a_volunteer_stays_open_until_midnight_however_quiet_the_desk_is(code):
    client = scan(code)

    left = (Session.objects.get().expire_date - timezone.now()).total_seconds()
    assert timedelta(hours=16, minutes=14) < timedelta(seconds=left) <= timedelta(hours=16, minutes=15)
    Session.objects.update(expire_date=timezone.now() + timedelta(seconds=left) - timedelta(hours=12))
    assert is_at_the_desk(client)
    Session.objects.update(expire_date=timezone.now())
    assert not is_at_the_desk(client)


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ((25, 15, 59), "opens the desk from March 25, 2024, 16:00 on"),
        ((25, 16), "Sign in as Desk 3"),
        ((27, 23, 59), "Sign in as Desk 3"),
        ((28, 0), ENDED),
    ],
)
def test_code_opens_from_the_evening_before_to_the_end_of_the_last_day(code, on, moment, said):
    on(*moment)
    client = visitor()

    assert said in read(client.get(address(code)))
    assert is_at_the_desk(scan(code, client)) == ("Sign in" in said)


def test_account_ends_by_itself(code, on):
    client = scan(code)
    on(28, 0)

    assert not is_at_the_desk(client)


def test_codes_that_are_tried_are_limited(code):
    answers = [visitor().post(address(f"guess{number}")).status_code for number in range(22)]

    assert answers == [200] * 20 + [429] * 2
    assert visitor().post(address(code)).status_code == 429
    assert is_at_the_desk(scan(code, visitor(ELSEWHERE)))


def test_code_and_browsers_lie_in_the_database_as_hashes_only(code):
    client = scan(code)

    kept = str(list(DayAccount.objects.values())) + str([row.get_decoded() for row in Session.objects.all()])
    assert len(code) == 32
    assert code not in kept
    assert client.cookies[volunteers.DEVICE].value not in kept


def test_sessions_of_colleagues_are_as_before_in_the_browser_of_a_volunteer(code, db):
    """And a volunteer's in that of a colleague: one does not open what the other does."""
    User.objects.create_superuser("dara", password=RIGHT)
    client = scan(code)

    assert give_password(client).url == "/admin/"
    assert is_in(client)
    scan(code, client)
    assert not is_in(client)


# --- What staff do ---------------------------------------------------------------------------------------------------


def test_form_proposes_desks_that_have_no_account_yet(lead, edition):
    volunteers.make(edition, ["Desk 1", "Desk 3"], edition.starts_on, edition.ends_on)

    page = lead.get(PAGE).content.decode()

    proposed = re.search(r"(?s)<textarea[^>]*>(.*?)</textarea>", page)[1]
    assert proposed.split("\n")[-3:] == ["Desk 2", "Desk 4", "Desk 5"]


def form(edition, names="Desk 1\n\n Desk  2 \nDesk 1\n", **more):
    return {"make": "1", "names": names, "first": str(edition.starts_on), "last": str(edition.ends_on), **more}


def test_lead_makes_a_sheet_with_a_code_for_each_volunteer(lead, edition):
    sheet = lead.post(PAGE, form(edition)).content.decode()

    codes = re.findall(r"http://localhost:8000/admin/volunteer/(\w{32})/", sheet)
    assert list(DayAccount.objects.values_list("name", flat=True)) == ["Desk 1", "Desk 2"]
    assert len(set(codes)) == sheet.count('class="qr"') == 2
    assert sheet.count('lang="km"') >= 2
    assert all(is_at_the_desk(scan(one)) for one in codes)
    page = read(lead.get(PAGE))
    assert "Desk 2" in page
    assert not [one for one in codes if one in page]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"names": "Desk 3"}, "There is an account of this name already: Desk 3 (2024)"),
        ({"names": "x" * 41}, "is too long for the sheet"),
        ({"names": "\n".join(map(str, range(41)))}, "At most 40 names at once"),
        ({"first": "2024-03-27", "last": "2024-03-26"}, "must not be before the first day"),
        ({"first": "2024-04-01"}, "Select a valid choice"),
        ({"names": " \n "}, "This field is required"),
    ],
)
def test_what_cannot_be_made_is_said_and_stays_in_the_form(lead, code, edition, more, said):
    page = lead.post(PAGE, form(edition, **more))

    assert said in read(page)
    assert DayAccount.objects.count() == 1


def test_days_that_are_over_get_no_account(lead, edition, on):
    on(28, 9)

    assert "This day is over" in read(lead.post(PAGE, form(edition)))


@pytest.mark.parametrize("which", ["one", "all"])
def test_account_that_is_ended_is_signed_out_at_once(lead, code, which):
    client = scan(code)

    lead.post(PAGE, {"end": str(DayAccount.objects.get().pk) if which == "one" else "all"})

    assert not is_at_the_desk(client)
    assert ENDED in read(visitor().get(address(code)))
    assert not is_at_the_desk(scan(code))


@pytest.mark.parametrize("which", ["one", "all"])
def test_new_code_takes_the_place_of_a_lost_one(lead, code, which):
    finder = scan(code)

    sheet = lead.post(PAGE, {"new": str(DayAccount.objects.get().pk) if which == "one" else "all"}).content.decode()

    (new,) = re.findall(r"/admin/volunteer/(\w{32})/", sheet)
    assert not is_at_the_desk(finder)
    assert not is_at_the_desk(scan(code, finder))
    assert is_at_the_desk(scan(new))


@pytest.mark.parametrize("lacks", ["conference.invite_dayaccount", "registration.check_in_registration"])
def test_only_staff_with_both_rights_make_accounts(client, edition, on, lacks):
    user = User.objects.create_user("colleague", is_staff=True)
    rights = {"conference.invite_dayaccount", "registration.check_in_registration"} - {lacks}
    user.user_permissions.set(Permission.objects.filter(codename__in=[one.partition(".")[2] for one in rights]))
    client.force_login(user)

    assert (client.get(PAGE).status_code, client.post(PAGE, form(edition)).status_code) == (403, 403)
    assert not DayAccount.objects.exists()


def test_registration_desk_makes_accounts(client, edition, on):
    assert member_of("Registration desk", client).get(PAGE).status_code == 200


def test_no_colleague_gives_a_volunteer_a_password(lead, code):
    pk = DayAccount.objects.get().pk

    assert "Desk 3" not in read(lead.get("/admin/auth/user/"))
    for page in (f"/admin/auth/user/{pk}/new-link/", f"/admin/auth/user/{pk}/password/"):
        assert lead.post(page, {"password1": RIGHT, "password2": RIGHT}).status_code in (302, 404)
    with pytest.raises(CommandError):
        call_command("account_link", "Desk 3 (2024)")
    assert not User.objects.get(pk=pk).has_usable_password()


def test_accounts_go_a_month_after_the_last_day(code, edition, monkeypatch):
    """One whom the history of a participant names stays until the history goes."""
    volunteers.make(edition, ["Desk 4"], edition.starts_on, edition.ends_on)
    registration = make_registration(edition)
    history = Step.objects.create(registration=registration, by=User.objects.get(first_name="Desk 4"))
    monkeypatch.setattr(clock, "now", lambda: at(27, 23) + timedelta(days=30))
    volunteers.forget_past()
    assert User.objects.count() == 2

    monkeypatch.setattr(clock, "now", lambda: at(28, 0) + timedelta(days=30))
    volunteers.forget_past()
    assert [user.first_name for user in User.objects.all()] == ["Desk 4"]
    history.delete()
    volunteers.forget_past()
    assert not User.objects.exists()


# --- Volunteers with an account of their own -------------------------------------------------------------------------


def test_first_page_of_those_who_only_take_people_in_is_the_desk(edition, on):
    make_groups()
    user = User.objects.create_user("sokha", password=RIGHT, is_staff=True)
    user.groups.add(*user.groups.model.objects.filter(name__startswith="Desk volunteers"))
    client = visitor()

    assert give_password(client, name="sokha").url == DESK
    assert client.get(LOGIN).url == DESK
    assert is_at_the_desk(client)
    assert client.get(PAGE).status_code == 403
