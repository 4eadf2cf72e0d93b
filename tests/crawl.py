"""Every address of the site, taken from its own list of addresses, so that a page that is new is visited as well."""

import copy
import html
import re
import zipfile
from collections import Counter, deque
from html.parser import HTMLParser
from io import BytesIO
from itertools import product
from urllib.parse import urljoin, urlsplit

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.urls import Resolver404, URLResolver, get_resolver, resolve
from django.urls.resolvers import RegexPattern
from django.utils.regex_helper import normalize

from agenda.choices import PLAIN_KINDS
from registration.links import invitation_address, token_for
from registration.lists.ready import ready_lists
from registration.signing_up.rules import CONSENT_WORDING
from tests import rooms_above

ARGUMENT = re.compile(r"<(?:(?P<converter>\w+):)?(?P<name>\w+)>")
OF_MODEL = re.compile(r"^admin/(?P<app>\w+)/(?P<model>\w+)/")
UNKNOWN_TOKEN = "AAAAAAA-0000"  # as a stranger guesses it
# Here every link is followed: lists with their filters, exports. Elsewhere a few to each kind of page.
FOLLOWED = "/admin/registration/"
OF_A_KIND = 3
ROWS = 2  # of each table about participants; one of the others: their pages look alike


def routes(resolver=None, before=""):
    """Every address with its arguments open, as in <int:year>/agenda/."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = before + _route(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry, route)
        else:
            yield route


def _route(pattern):
    if not isinstance(pattern, RegexPattern):
        return str(pattern)
    (text, _names), *_others = normalize(pattern.regex.pattern)
    return re.sub(r"%\((\w+)\)s", r"<\1>", text)


def addresses(route, registration):
    """The addresses of one route, for one participant's registration and for rows of each table."""
    names = [match["name"] for match in ARGUMENT.finditer(route)]
    for values in product(*(_values(match, route, registration) for match in ARGUMENT.finditer(route))):
        filled = dict(zip(names, map(str, values), strict=True))
        yield "/" + ARGUMENT.sub(lambda match, filled=filled: filled[match["name"]], route)


def private_addresses(registration):
    """Every page that is opened by a link of one person: of a participant, a guest, a speaker, a team, a judge."""
    invited = invitation_address(registration)
    tokens = {"registration/<": token_for(registration), "invitation/": invited.rstrip("/").rpartition("/")[2]}
    tokens |= rooms_above.tokens()
    for route in routes():
        for begins, token in tokens.items():
            if re.match(rf"(\w\w/)?{begins}", route) and "token>" in route:
                for address in addresses(route, registration):
                    yield address.replace(UNKNOWN_TOKEN, token)


def _values(match, route, registration):
    known = {
        "year": [registration.edition.year],
        "number": [1],  # of a published version
        "of": ["message", "travelrequest"],  # a list that keeps views
        "token": [UNKNOWN_TOKEN],
        "app_label": ["registration", "agenda"],
        "url": ["nowhere"],
        "version": [CONSENT_WORDING],
        "part": ["sign-in", "rooms", "access"],  # of the day pack: each with rights of its own
        "ending": [
            "docx" if "report-" in route or "draft-" in route else "xlsx"
        ],  # who reads what stands there can be searched
        "language": ["en"],
        "path": [f"pictures/{'0' * 32}.jpg"],
        "content_type_id": [row.pk for row in ContentType.objects.filter(app_label="registration")],
    }
    if route.startswith("b/"):
        return [registration.badge_token]
    if (above := rooms_above.values(route, match["name"])) is not None:
        return above
    if match["name"] in known:
        return known[match["name"]]
    if match["name"] == "slug":
        return registration.edition.pages.values_list("slug", flat=True)[:1]
    if "/lists/" in route:
        return [ready.code for ready in ready_lists(registration.edition)]
    if of_model := OF_MODEL.match(route):
        return _keys(of_model["app"], of_model["model"])
    if match["name"] == "code":
        sessions = registration.edition.days.first().sessions.exclude(code="").exclude(kind__in=PLAIN_KINDS)
        return sessions.values_list("code", flat=True)[:1]
    others = {"key": registration.pk, "uuid": registration.form_token}
    return [others.get(match["converter"], registration.pk if match["name"].endswith("id") else registration.code)]


def _keys(app, model):
    """Of the newest rows, or of none that there is."""
    model = ContentType.objects.get(app_label=app, model=model).model_class()
    return list(
        model._base_manager.order_by("-pk").values_list("pk", flat=True)[: ROWS if app == "registration" else 1]
    ) or [0]


def crawl(client, starts):
    """(address, answer) of each address and of what it links to; each page is also posted to, which is taken back."""
    seen, waiting, kinds = set(), deque(starts), Counter()
    while waiting:
        address = waiting.popleft()
        if address in seen:
            continue
        seen.add(address)
        response = client.get(address)
        yield address, response
        if "?" not in address:  # with a filter a list answers a form as it does without one
            yield address, post(client, address, {})
        waiting.extend(_followed(address, response, kinds))


def post(client, address, data):
    """Sends a form, and leaves everything as it was."""
    cookies, before = copy.deepcopy(client.cookies), transaction.savepoint()
    response = client.post(address, data)
    response.content if not response.streaming else None  # noqa: B018 -- rendered before it is taken back
    transaction.savepoint_rollback(before)
    client.cookies = cookies
    return response


class _Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.links = []

    def handle_starttag(self, tag, attributes):
        if tag == "a" and (link := dict(attributes).get("href")):
            self.links.append(link)


def _followed(address, response, kinds):
    if "?" in address or not response.headers.get("Content-Type", "").startswith("text/html"):
        return
    parser = _Links()
    parser.feed(response.content.decode())
    for link in parser.links:
        there = urlsplit(urljoin(address, link))
        if there.netloc:
            continue
        if not there.path.startswith(FOLLOWED):
            kind = _route_of(there.path)
            kinds[kind] += 1
            if kinds[kind] > OF_A_KIND:
                continue
        yield f"{there.path}?{there.query}" if there.query else there.path


def _route_of(path):
    try:
        return resolve(path).route
    except Resolver404:
        return ""


def text_of(response):
    """All that an answer holds: headers, page, or the sheets of a workbook."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(BytesIO(content)) as parts:
            content = b"\n".join(parts.read(name) for name in parts.namelist())
    headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
    return f"{headers}\n{html.unescape(content.decode(errors='replace'))}"
