"""No page that takes a name, an address or a number tells whether we know it: same answer, same work.

The pages are found by their addresses and their forms: a new one that asks for any of these must have a case here, or
the first test fails.
"""

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from conference import clock
from conference.rooms_above import apps_above
from registration.links import address_for, invitation_address, private_code
from registration.models import Intake, Invitation, Registration
from tests import rooms_above
from tests.crawl import ARGUMENT, addresses, routes
from tests.factories import form_data, make_registration, others_data
from tests.pages import SPELT
from tests.registration.own_page.test_changing import answers
from tests.sign_up import come_to, send_pages

ASKS_WHO = re.compile(r"(^|[_-])(name|email|phone|telegram|number|code)(_|$)")
NOT_WHO = {"phone_owner"}  # whose telephone it is: one of three answers
FIND, OWN = "/en/2024/register/find/", "/en/registration/"
BOPHA = {"name_km": "កែវ បុប្ផា", "name_latin": "KEO Bopha", "email": "bopha@example.org", "telegram": "@keobopha"}
SOPHY = {"name_km": "កែវ សុភី", "name_latin": "KEO Sophy", "email": "sophy@example.org", "telegram": "@keosophy"}
HERS = "the private code of Bopha"
PHONES = {"bopha": "012 777 045", "sophy": "012 777 046"}
CODES = {"bopha": "K2MP3QR", "sophy": "K2MP3QS"}


@dataclass(frozen=True)
class Case:
    """What is typed into one form of a page: of a person whom we know (Bopha), and of one whom we do not (Sophy)."""

    page: str  # its name
    send: Callable  # of client, edition and what is typed: the first answer
    known: dict
    unknown: dict
    may_be_refused: bool = False  # what is typed is no mistake, and opens nothing
    is_own: bool = False  # a page of a participant who came by their own link: another one than Bopha


def register(client, edition, typed):
    return send_pages(client, "/en/2024/register/", form_data(edition, **{"phone": "", **typed}))


def travel(client, edition, typed):
    asked = {"province": "02", "needs_travel": "yes", "phone": "012 000 003"}
    return send_pages(client, "/en/2024/register/", form_data(edition, **asked, **typed))


def others(client, edition, typed):
    columns = {name.removeprefix("person-1-"): value for name, value in typed.items() if name.startswith("person-1-")}
    rest = {name: value for name, value in typed.items() if not name.startswith("person-1-")}
    return client.post("/en/2024/register/others/", others_data(edition, columns, **rest))


def find(client, _edition, typed):
    return client.post(FIND, typed)


def change(client, edition, typed):
    return client.post(f"{OWN}change/", answers(edition, province="02", **typed))


def needs(client, _edition, typed):
    return client.post(f"{OWN}needs/", {"languages": ["km"], **typed})


def own_travel(client, _edition, typed):
    return client.post(f"{OWN}travel/", {"needs_travel": "yes", **typed})


def say_code(client, _edition, typed):
    hers = private_code(Registration.objects.get(code=CODES["bopha"]))
    return client.post(f"{OWN}code/", {"code": typed["code"].replace(HERS, hers)})


def link(client, _edition, typed):
    return client.get(f"{OWN}{typed['token']}-{'0' * 32}/")


def invitation(client, _edition, typed):
    """Her own link, which she has answered; and the same of a number that we do not know."""
    hers = Registration.objects.get(code=CODES["bopha"])
    Invitation.objects.get_or_create(registration=hers, answer="yes")
    return client.get(invitation_address(hers).replace(hers.code, typed["token"]))


def badge(client, _edition, typed):
    hers = Registration.objects.get(code=CODES["bopha"]).badge_token
    return client.get(f"/b/{typed['token'].replace(HERS, hers)}/")


def both(**who):
    """One field or more, filled in for Bopha and for Sophy."""
    return tuple({name: values[number] for name, values in who.items()} for number in (0, 1))


def of_person(prefix=""):
    return tuple({f"{prefix}{name}": value for name, value in who.items()} for who in (BOPHA, SOPHY))


PHONE = (PHONES["bopha"], PHONES["sophy"])
NAME = (BOPHA["name_latin"], SOPHY["name_latin"])
EMAIL = (BOPHA["email"], SOPHY["email"])
CASES = {
    "sign up": Case("registration:register", register, *of_person()),
    "sign up by telephone": Case("registration:register", register, *both(phone=PHONE, name_latin=NAME)),
    "sign up with another's address": Case(
        "registration:register", register, *both(email=EMAIL, phone=PHONE, name_latin=("CHAN New", "CHAN New"))
    ),
    "call a guardian": Case(
        "registration:register", register, *both(guardian_name=NAME, guardian_phone=PHONE, adult=("no", "no"))
    ),
    "name others": Case(
        "registration:register",
        travel,
        *both(assistant_name=NAME, name_on_id=NAME, emergency_name=NAME, emergency_phone=PHONE),
    ),
    "sign up another": Case("registration:others", others, *of_person("person-1-")),
    "sign up another by telephone": Case("registration:others", others, *both(**{"person-1-phone": PHONE})),
    "be a helper": Case(
        "registration:others", others, *both(helper_name=NAME, helper_phone=PHONE, helper_email=EMAIL)
    ),
    "find by address": Case("registration:find", find, *both(email=EMAIL)),
    "find by number, wrong telephone": Case(
        "registration:find",
        find,
        *both(number=(CODES["bopha"], CODES["sophy"]), phone=("012 999 999", "012 999 999")),
        may_be_refused=True,
    ),
    "find by number, wrong number": Case(
        "registration:find", find, *both(number=("222-2222", "222-2222"), phone=PHONE), may_be_refused=True
    ),
    "find by number of a person with an address": Case(
        "registration:find", find, *both(number=(CODES["bopha"], CODES["sophy"]), phone=PHONE), may_be_refused=True
    ),
    "change to another": Case("registration:own_change", change, *of_person(), is_own=True),
    "change to the telephone of another": Case("registration:own_change", change, *both(phone=PHONE), is_own=True),
    "name an assistant": Case("registration:own_needs", needs, *both(assistant_name=NAME), is_own=True),
    "name a person to call": Case(
        "registration:own_travel",
        own_travel,
        *both(name_on_id=NAME, emergency_name=NAME, emergency_phone=PHONE),
        is_own=True,
    ),
    "say a private code that is not one's own": Case(
        "registration:own_code", say_code, *both(code=(HERS, "K7MX-42QR")), is_own=True, may_be_refused=True
    ),
    "guess a link": Case("registration:own_link", link, *both(token=(CODES["bopha"], CODES["sophy"]))),
    "open an invitation": Case("registration:invitation", invitation, *both(token=(CODES["bopha"], CODES["sophy"]))),
    "open a badge": Case("desk:badge", badge, *both(token=(HERS, "A" * 22))),
}


@pytest.fixture(autouse=True)
def _changes_are_taken(edition):
    Intake.objects.update(changes_until=clock.now() + timedelta(days=1))


@pytest.fixture
def bopha(edition):
    person = make_registration(edition, **BOPHA, phone="+85512777045", province="02", travel={})
    type(person).objects.filter(pk=person.pk).update(code=CODES["bopha"])
    return person


@pytest.fixture
def visitor(edition):
    """A participant of their own, who is neither of the two."""
    return make_registration(edition, email="first@example.org", province="02", travel={})


# --- The pages ------------------------------------------------------------------------------------------------------


class _Fields(HTMLParser):
    def __init__(self):
        super().__init__()
        self.names = set()

    def handle_starttag(self, tag, attributes):
        shown = dict(attributes)
        if tag in ("input", "textarea", "select") and shown.get("type") != "hidden":
            self.names.add(shown.get("name") or "")


def asked_on(response):
    """The fields of a page that take a name, an address or a number."""
    if not response.headers.get("Content-Type", "").startswith("text/html"):
        return set()
    fields = _Fields()
    fields.feed(response.content.decode())
    return {name for name in fields.names - NOT_WHO if ASKS_WHO.search(name)}


def test_every_page_that_asks_who_it_is_has_a_case(edition, visitor):
    known, asked = Client(), defaultdict(set)
    send_pages(known, "/en/2024/register/", form_data(edition))  # what it was answered opens further pages
    known.get(address_for(visitor))
    for route in routes():
        if route.startswith("admin/"):
            continue
        # A link of an app on top may name a row as well, and there is none.
        if "token>" in route and (first := next(addresses(route, visitor), None)):
            asked[resolve(first).view_name].add("token")
        for address in addresses(route, visitor):
            for client in (Client(), known):
                asked[resolve(address).view_name] |= asked_on(client.get(address))

    for page in (2, 3):  # of the form for signing up: no address leads there without the pages before
        asked["registration:register"] |= asked_on(known.get(come_to(known, edition, page)))

    typed = defaultdict(set)
    for case in CASES.values():
        typed[case.page] |= {name for name in case.known if case.known[name] != case.unknown[name]}

    # Apps on top compare what is typed with no registration; for their links: the next test.
    above = tuple(f"{app}:" for app in apps_above())
    assert {
        page: fields for page, fields in asked.items() if fields - typed[page] and not page.startswith(above)
    } == {}
    assert typed["registration:register"] >= {"name_km", "email", "phone", "guardian_phone", "emergency_phone"}
    assert asked["registration:register"] >= {"name_km", "phone", "assistant_name", "emergency_phone"}


def test_link_of_an_app_on_top_that_is_wrong_says_nothing_of_what_there_is(edition, client):
    """The code or number of a row, with another secret, is answered as one that no row has."""
    rooms_above.fill(edition)
    known = {str(getattr(row, "code", row.pk)) for model in apps.get_models() if model._meta.app_label in apps_above()
             for row in model._base_manager.all()}  # fmt: skip
    for route in [route for route in routes() if "token>" in route]:
        address = "/" + ARGUMENT.sub(lambda match: "TOKEN" if match["name"] == "token" else "1", route)
        if resolve(address).app_name not in apps_above():
            continue
        said = {}
        for code in ("999999", *known):
            response = client.get(address.replace("TOKEN", f"{code}-{'0' * 32}"))
            text = response.content.decode().replace(f"{code}-{'0' * 32}", "TOKEN")
            said.setdefault((response.status_code, text), []).append(code)
        assert len(said) == 1, (route, list(said.values()))
        assert next(iter(said))[0] in (404, 405), route  # 405: where only a form is sent


# --- What they answer -----------------------------------------------------------------------------------------------

VARY = [
    (re.compile(r'name="code" value="[^"]*"'), "CODE"),
    (re.compile(r'name="csrfmiddlewaretoken" value="\w+"'), "TOKEN"),
    (re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"), "TOKEN"),
    (re.compile(r"(?s)<svg.*?</svg>"), "PICTURE"),
    (re.compile(r"/registration/[0-9A-Z]{7}-[0-9a-f]{32}/"), "LINK"),
    (re.compile(r"registration%2F[0-9A-Z]{7}-[0-9a-f]{32}%2F"), "LINK"),
    (re.compile(r"(/|%2F)b(/|%2F)(?:TYPED|[\w-]{22})(/|%2F)"), "BADGE"),
    (re.compile(r"\b[2-9A-HJKMNP-Z]{3,4}-[2-9A-HJKMNP-Z]{4}\b"), "NUMBER"),
    (SPELT, "NUMBER"),
]
MARKS = {"SAVEPOINT", "RELEASE", "ROLLBACK"}
OF_THIS_MOMENT = {"X-Request-ID", "Expires", "Content-Length", "Last-Modified", "Date"}


def plain(text, typed):
    """Without what the visitor typed, and without what is new each time."""
    for value in sorted((value for value in typed.values() if value), key=len, reverse=True):
        text = text.replace(value, "TYPED")
    for pattern, word in VARY:
        text = pattern.sub(word, text)
    return text


def seen(client, case, edition, typed):
    """All that one visitor gets to see until the end of the redirects, and the statements that it took."""
    before, found = transaction.savepoint(), []
    with CaptureQueriesContext(connection) as captured:
        response = case.send(client, edition, typed)
        while True:
            headers = {name: value for name, value in response.headers.items() if name not in OF_THIS_MOMENT}
            cookies = {
                name: {key: value for key, value in one.items() if key != "expires"}
                for name, one in response.cookies.items()
            }
            there = plain(headers.pop("Location", ""), typed)
            page = plain(response.content.decode(), typed)
            found.append((response.status_code, there, headers, cookies, page.splitlines()))
            if response.status_code not in (301, 302):
                break
            response = client.get(response.headers["Location"])
    transaction.savepoint_rollback(before)
    verbs = [query["sql"].split()[0] for query in captured]
    return found, ["MARK" if verb in MARKS else verb for verb in verbs]


@pytest.mark.parametrize("name", CASES)
def test_known_and_unknown_get_the_same_answer_by_the_same_work(edition, bopha, visitor, name):
    case, answered = CASES[name], []
    for typed in (case.unknown, case.known, case.unknown):  # the first fills what is kept for a minute
        client = Client()
        if case.is_own:
            client.get(address_for(visitor))
        answered.append(seen(client, case, edition, typed))
    _first, (known, work_for_known), (unknown, work_for_unknown) = answered

    assert known == unknown
    assert case.may_be_refused or not any("error-summary" in line for line in known[-1][-1])
    assert work_for_known == work_for_unknown


def test_the_comparison_would_see_a_difference(edition, bopha, visitor):
    """A participant whom we know, with the right number and telephone and no address, is let in."""
    type(bopha).objects.update(email="")
    case = CASES["find by number of a person with an address"]

    known, unknown = (seen(Client(), case, edition, typed) for typed in (case.known, case.unknown))

    assert known[0] != unknown[0]
    assert known[1] != unknown[1]
