"""The form for signing up, sent as a browser sends it: page by page, each to where the one before it led."""

import json
from urllib.parse import parse_qs, urlsplit

from conference.serving.sessions import BEGUN_FORMS
from registration.encryption.columns import box
from tests.factories import form_data

REGISTER = "/en/2024/register/"
BUTTONS = {"switch", "back", "forget", "correct", "another"}
ON_EVERY_PAGE = {"form_token", "csrfmiddlewaretoken", *BUTTONS}
FIRST_PAGE = {
    *("name_km", "name_latin", "phone", "telegram", "email", "phone_owner"),
    *("adult", "guardian_name", "guardian_phone"),
    *("shown_at", "leave_empty"),
}
LAST_PAGE = 3
SECOND_PAGE = {"sector", "organisation", "part", "days", "languages", "other_language", "hackathon"}


def page_of(name):
    """On which page a field stands."""
    if name in FIRST_PAGE:
        return 1
    return 2 if name in SECOND_PAGE or name.startswith("breakout_") else 3


def of_page(data, page):
    return {name: value for name, value in data.items() if name in ON_EVERY_PAGE or page_of(name) == page}


def send_pages(browser, address, data, *, until=LAST_PAGE):
    """The answer to the last page, or to the one that does not lead to the next."""
    for page in range(1, until + 1):
        response = browser.post(address, of_page(data, page))
        if response.status_code != 302 or "page=" not in response.url:
            return response
        address = response.url
    return response


def come_to(browser, edition, page, address=REGISTER, **changes):
    """The address of a page, with all pages before it sent."""
    if page == 1:
        return address
    return send_pages(browser, address, form_data(edition, **changes), until=page - 1).url


def send_from(browser, address, page, data):
    """One page that the browser has come to (come_to), with the token of the form there."""
    token = parse_qs(urlsplit(address).query).get("form", [data.get("form_token", "")])
    return browser.post(address, of_page({**data, "form_token": token[0]}, page))


def begun(data):
    """What the session of a visitor holds who has sent all pages but the last, for tests with hundreds of visitors."""
    lists = {name: value if isinstance(value, list) else [value] for name, value in data.items()}
    typed = {name: [str(value) for value in values] for name, values in lists.items() if page_of(name) < LAST_PAGE}
    draft = json.dumps({"page": LAST_PAGE, "typed": typed, "is_sent": False})
    return {BEGUN_FORMS: [(data["form_token"], box().encrypt(draft.encode()).decode())]}
