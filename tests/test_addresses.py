"""Numbers in addresses, however long: an answer, never a failure."""

import uuid

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils.http import urlsafe_base64_encode

from tests.crawl import ARGUMENT, routes
from tests.factories import form_data, make_registration, others_data
from tests.sign_up import come_to

LENGTHS = [18, 19, 20, 400]
NUMBERS = {"year", "key", "int"}
WORDS = {
    "of": "message",  # a list
    "token": "AAAAAAA-0000",
    "part": "sign-in",
    "ending": "xlsx",
    "language": "en",
    "code": "badges",
    "version": "2024-1",
    "path": "x.jpg",
    "url": "nowhere",
    "slug": "nowhere",
    "voice": "nowhere",
}
WORDS["uidb64"] = urlsafe_base64_encode(b"9" * 20)  # the key of an account, as a link for a new password has it


def filled(route, digits):
    def value(match):
        return digits if match["converter"] in NUMBERS or match["name"].endswith("id") else WORDS[match["name"]]

    return "/" + ARGUMENT.sub(value, route)


WITH_NUMBERS = sorted(
    {route for route in routes() if ARGUMENT.search(route)} - {"admin/r/<path:content_type_id>/<path:object_id>/"}
)


@pytest.mark.parametrize("length", LENGTHS)
def test_long_number_in_an_address_is_not_found(staff_client, edition, length):
    staff_client.raise_request_exception = False

    failed = [
        address
        for address in (filled(route, "9" * length) for route in WITH_NUMBERS if "app_label" not in route)
        if {staff_client.get(address).status_code, staff_client.post(address).status_code} & {500, 503}
    ]

    assert failed == []


@pytest.mark.parametrize("length", LENGTHS)
def test_long_number_in_a_list_of_the_admin_fails_nothing(staff_client, edition, length):
    staff_client.raise_request_exception = False
    failed = []
    for model, model_admin in admin.site._registry.items():
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        actions = [name for _function, name, _words in model_admin._get_base_actions()]
        sent = [{"action": name, "_selected_action": ["9" * length], "index": 0} for name in actions]
        answers = [staff_client.post(address, data) for data in sent]
        answers.append(staff_client.get(address, {"p": "9" * length}))
        failed += [address for answer in answers if answer.status_code >= 500]

    assert failed == []


def test_every_number_in_an_address_has_a_limit():
    """Django's own `int` has none: write <year:...> or <key:...> (conference/serving/converters.py)."""
    assert [route for route in routes(get_resolver()) if "<int:" in route] == []


@pytest.mark.parametrize("length", LENGTHS)
def test_long_number_in_a_form_is_no_choice(staff_client, edition, length):
    registration = make_registration(edition)
    number = "9" * length
    form = f"/admin/registration/registration/{registration.pk}/change/"
    visitor, token = Client(), str(uuid.uuid4())
    second = come_to(visitor, edition, 2, form_token=token)

    for client, address, data in [
        (staff_client, form, {"days": [number], "name_latin": "KUMROU"}),
        (staff_client, "/admin/agenda/session/add/", {"day": number, "parent": number, "rooms": [number]}),
        (visitor, second, form_data(edition, days=[number], form_token=token)),
        (Client(), "/en/2024/register/others/", others_data(edition, {}, days=[number])),
    ]:
        assert client.post(address, data).status_code in (200, 302, 400, 403), address
