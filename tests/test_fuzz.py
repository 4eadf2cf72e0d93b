"""Odd requests to every address and with every form, as each kind of user: an answer, and never a failure."""

import copy

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from django.test import Client

from registration.links import token_for
from registration.staff import all_groups, make_groups
from tests import rooms_above
from tests.crawl import private_addresses
from tests.factories import make_registration
from tests.fuzz import BODIES, Answer, Fuzzer, all_addresses, faults

REQUESTS = 50
USERS = ["stranger", "participant", "chief", *all_groups()]

# Django's own admin: URL fields without a scheme, which Django 6.0 will make https; pages of rows without an order.
pytestmark = [
    pytest.mark.filterwarnings("ignore:The default scheme will be changed"),
    pytest.mark.filterwarnings("ignore:Pagination may yield inconsistent results"),
]


def sender(client):
    """Each request is taken back: the next finds the site as it was."""

    def send(method, address, body, kind):
        cookies, before = copy.deepcopy(client.cookies), transaction.savepoint()
        response = client.generic(method, address, body, kind or "application/octet-stream")
        content = b"".join(response.streaming_content) if response.streaming else response.content
        transaction.savepoint_rollback(before)
        client.cookies = cookies
        headers = response.headers
        text = content.decode(errors="replace")
        return Answer(response.status_code, headers.get("Location", ""), headers.get("Content-Type", ""), text)

    return send


@pytest.mark.parametrize("user", USERS, ids=lambda name: name.partition(" – ")[0])
def test_odd_requests_are_answered(edition, user):
    registration, client = make_registration(edition), Client(raise_request_exception=False)
    rooms_above.fill(edition)
    if user == "participant":
        client.get(f"/en/registration/{token_for(registration)}/", follow=True)
    elif user != "stranger":
        make_groups()
        staff = get_user_model().objects.create_user("sample", is_staff=True, is_superuser=user == "chief")
        staff.groups.set(Group.objects.filter(name=user))
        client.force_login(staff)
    fuzzer = Fuzzer(user, all_addresses(registration), sender(client))

    found = fuzzer.run(REQUESTS)

    assert found == []
    assert fuzzer.statuses.keys() & {200, 403, 404}


@pytest.mark.parametrize("is_over", [False, True])
def test_odd_requests_by_links_of_one_person_are_answered(edition, is_over):
    """Also of teams, judges, speakers and reviewers; before the deadline of the teams and after it."""
    registration = make_registration(edition)
    rooms_above.fill(edition)
    if not is_over:
        rooms_above.before_deadline()
    addresses = sorted({*private_addresses(registration)})
    fuzzer = Fuzzer(is_over, addresses, sender(Client(raise_request_exception=False)))

    found = fuzzer.run(REQUESTS * 2)

    assert found == []
    assert fuzzer.statuses[200] > REQUESTS / 4


@pytest.mark.parametrize(("kind", "body"), BODIES, ids=range(len(BODIES)))
@pytest.mark.parametrize("address", ["/en/nowhere/", "/en/2024/register/", "/admin/"])
def test_body_that_cannot_be_read_is_answered(client, edition, address, kind, body):
    """By a browser that has the cookie against forged forms: it is looked for in the body."""
    careful = Client(raise_request_exception=False, enforce_csrf_checks=True)
    careful.get("/en/2024/register/")

    assert 300 < careful.generic("POST", address, body, kind).status_code < 500


@pytest.mark.parametrize("page", ["change", "delete"])
@pytest.mark.parametrize("name", ["", "nonsense"])
def test_name_of_no_column_is_refused(staff_client, edition, page, name):
    staff_client.raise_request_exception = False

    response = staff_client.get(f"/admin/registration/intake/{edition.intake.pk}/{page}/?_to_field={name}")

    assert response.status_code == 400


@pytest.mark.parametrize(
    "answer",
    [
        Answer(500, "", "", ""),
        Answer(200, "", "text/html", "... Traceback (most recent call last) ..."),
        Answer(302, "//evil.example.org/", "", ""),
        Answer(302, "/\\evil.example.org", "", ""),
        Answer(302, "javascript:alert(1)", "", ""),
        Answer(200, "", "text/html; charset=utf-8", "<p>\"'><script>alert(4711)</script>"),
    ],
)
def test_fault_is_seen(answer):
    assert list(faults(answer))
