"""The markup of every kind of public page: what closes, what leads where, what tells landmarks apart."""

import pytest

from registration.links import address_for
from registration.models import Registration
from tests.browser.pages import CONTENT, OWN
from tests.factories import form_data
from tests.markup import faults
from tests.sign_up import come_to, of_page, send_pages

FORMS = ["find/", "others/", "about-participants/", "thanks/"]


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<div><p>one</div></p>", "</div> closes another element"),
        ("<p><ul></ul></p>", "<ul> inside <p>"),
        ('<i id="a"></i><b id="a"></b>', "id a stands twice"),
        ('<label for="a"></label>', "id a is not there"),
        ("<aside></aside><aside></aside>", "2 <aside> are called None"),
        ("<div>", "<div> is not closed"),
    ],
)
def test_fault_is_found(html, fault):
    assert fault in faults(html)


def wrong(client, addresses):
    pages = {address: client.get(address).content.decode() for address in addresses}
    return {address: found for address, html in pages.items() if (found := faults(html))}


@pytest.mark.parametrize("language", ["en", "km"])
def test_pages_of_content_are_sound(client, edition, language):
    assert wrong(client, [f"/{language}/2024/{path}" for path in CONTENT.values()]) == {}


@pytest.mark.parametrize("language", ["en", "km"])
def test_pages_of_a_participant_are_sound(client, edition, language):
    register = f"/{language}/2024/register/"
    for page in (1, 2, 3):
        address = come_to(client, edition, page, register)
        assert faults(client.get(address).content.decode()) == [], page
        assert faults(client.post(address, of_page({}, page)).content.decode()) == [], page
    send_pages(client, register, form_data(edition, access_needs=["sign_language"], needs_anything="yes"))
    client.get(address_for(Registration.objects.get()))

    own = [f"/{language}/{path}" for path in OWN.values()]
    assert wrong(client, [*(register + path for path in FORMS), *own]) == {}
