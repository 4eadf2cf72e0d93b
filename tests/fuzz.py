"""Requests as no person makes them: to every address and with every form. The same seed makes the same again.

Against a site that runs, with its DATABASE_URL and keys in the environment, and the session of one kind of user:
`python -m tests.fuzz http://127.0.0.1:8000 --session KEY --requests 1000 --seed 1`. It changes what is there.
"""

import argparse
import os
import random
import re
import sys
from collections import Counter
from dataclasses import dataclass
from html.parser import HTMLParser
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import quote, urlencode, urljoin, urlsplit

import django

ELSEWHERE = "evil.example.org"
SCRIPT = "\"'><script>alert(4711)</script>"
ODD = [
    *(
        "",
        " ",
        "0",
        "-1",
        "1",
        "9" * 30,
        "1e999",
        "NaN",
        "true",
        "[]",
        "{}",
        "null",
        "2024-02-30",
        "25:61",
        "0000-00-00",
    ),
    *(SCRIPT, "{{7*7}}{%debug%}", "${7*7}", "' OR 1=1 --", "%s%n%x", "=1+1", "../../../../etc/passwd", "%2e%2e%2f"),
    *(
        f"//{ELSEWHERE}/",
        f"https://{ELSEWHERE}/",
        f"/\\{ELSEWHERE}",
        "javascript:alert(1)",
        f"\r\nLocation: //{ELSEWHERE}",
    ),
    *(
        "\x00",
        "\x1b[2J",
        "\ufeff\u202e",
        "\U0001f980",
        "ភាសាខ្មែរ",
        "០១២",
        "a" * 2000,
        "a\n" * 200,
        "\ufffe",
        "é" * 300,
    ),
]
# Beside the fields of forms: what Django, the lists of the admin and our own views read from an address.
PARAMETERS = [
    *("next", "_popup", "_to_field", "_changelist_filters", "q", "p", "o", "all", "e", "page", "form", "correct"),
    *(
        "another",
        "person",
        "switch",
        "lang",
        "language",
        "edition__id__exact",
        "pk__in",
        "password__startswith",
        "then",
    ),
    *("app_label", "model_name", "field_name", "term", "from", "date", "saved", "marks", "k"),
]
# What may be sent where a file is asked for: (name, kind, bytes).
FILES = [
    ("", "application/octet-stream", b""),
    ("../../a\x00.pdf", "application/pdf", b"%PDF-1.7 no more"),
    ("a.jpg", "image/jpeg", b"\xff\xd8\xff\xe0" + bytes(200)),
    ("a.png", "image/png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\xff\xff\xff\xff\xff\xff\xff\x08\x06\x00\x00\x00"),
    ("a.xlsx", "application/zip", b"PK\x03\x04" + b"\xff" * 200),
    ("a.pptx", "text/html", b"<script>alert(4711)</script>"),
    ("a.csv", "text/csv", 'ឈ្មោះ;=1+1\r\n"'.encode("utf-16")),
    ("a.json", "application/json", b"[" * 5000),
    ("a.mp3", "audio/mpeg", b"ID3\x04\x00\x00\x7f\x7f\x7f\x7f"),
    ("a.svg", "image/svg+xml", b'<!DOCTYPE a [<!ENTITY b "c">]><svg onload="alert(1)">&b;</svg>'),
]
METHODS = ["GET"] * 6 + ["POST"] * 3 + ["HEAD", "OPTIONS", "PUT", "DELETE", "PATCH"]
BODIES = [
    ("application/json", b'{"a": [[[[[[1]]]]]]}'),
    (
        "multipart/form-data; boundary=x",
        b"--x\r\nContent-Disposition: form-data; name=file; filename=../a\r\n\r\n\xff",
    ),
    ("multipart/form-data", b"no boundary"),
    ("application/x-www-form-urlencoded; charset=klingon", b"a=b"),
    ("application/x-www-form-urlencoded", b"\xff\xfe=%ff%00&a=%"),
    ("application/x-www-form-urlencoded", b"a=1&" * 3000),
    ("text/xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
]
NOT_TRIED = {"/registration/leave/", "/admin/logout/", "/readyz"}  # they end it; without a helper one says 503
TRACES = [
    "Traceback (most recent call last)",
    "django.db.utils",
    "/site-packages/",
    "DisallowedHost at",
    "OperationalError",
]


@dataclass
class Answer:
    status: int
    location: str
    kind: str
    text: str


def faults(answer):
    """What is wrong with an answer, whatever the request was. 503 is right only where the database is away."""
    if answer.status >= 500:
        yield f"status {answer.status}"
    if any(trace in answer.text for trace in TRACES):
        yield "a trace"
    there = urlsplit(urljoin("http://site/", answer.location.replace("\\", "/")))
    if answer.location and (there.netloc.startswith(ELSEWHERE) or there.scheme not in ("http", "https")):
        yield f"leads to {answer.location[:80]}"
    if answer.kind.startswith("text/html") and SCRIPT.partition(">")[2] in answer.text:
        yield "a script"


class Fuzzer:
    """`send(method, address, body, kind)` gives an Answer."""

    def __init__(self, seed, addresses, send):
        self.random, self.addresses, self.send = random.Random(seed), addresses, send
        self.names = set(PARAMETERS)

    def run(self, number):
        """(request, what is wrong) of each fault among so many requests; the statuses stand in `statuses`."""
        found, self.statuses, self.sent = [], Counter(), 0
        while self.sent < number:
            address = self._address()
            if self.random.random() < 0.5:
                self._try(found, self.random.choice(METHODS), address, *self.random.choice(BODIES))
            else:
                self._forms(found, address)
        return found

    def _try(self, found, method, address, kind="", body=b""):
        answer = self.send(method, address, body if method not in ("GET", "HEAD", "OPTIONS") else b"", kind)
        self.sent += 1
        self.statuses[answer.status] += 1
        found += [(method, address[:300], body[:1500], fault) for fault in faults(answer)]
        return answer

    def _address(self):
        path = self.random.choice(self.addresses)
        if self.random.random() < 0.25:
            parts = path.split("/")
            parts[self.random.randrange(1, len(parts))] = self.random.choice(ODD)
            path = "/".join(parts)
        query = {self.random.choice(sorted(self.names)): self.random.choice(ODD) for _time in range(self._few(3))}
        path = quote(path, safe="/%.~-_", errors="replace")
        return f"{path}?{urlencode(query)}" if query else path

    def _few(self, most):
        return self.random.randrange(most + 1)

    def _forms(self, found, address):
        """The forms of a page, sent with a few of their answers changed, left out, or given twice."""
        page = self._try(found, "GET", address)
        if not page.kind.startswith("text/html"):
            return
        parser = Forms()
        parser.feed(page.text)
        forms = [form for form in parser.forms if form[0] not in NOT_TRIED]
        for action, fields, files in self.random.sample(forms, k=min(2, len(forms))):
            self.names |= {name for name, _value in fields}
            sent = [self._changed(field) for field in fields if self.random.random() > 0.08]
            sent += [
                (self.random.choice(sorted(self.names)), self.random.choice(ODD)) for _time in range(self._few(2))
            ]
            there = urlsplit(urljoin(f"http://site{address}", action))
            there = f"{there.path}?{there.query}" if there.query else there.path
            self._try(found, "POST", there, *self._body(sent, files))

    def _body(self, sent, files):
        """The kind and the bytes; with odd files where the form asks for some."""
        if not files:
            return "application/x-www-form-urlencoded", urlencode(sent, errors="replace").encode()
        parts = [(f'name="{_in_header(name)}"', value.encode(errors="replace")) for name, value in sent]
        for name in files:
            file, kind, content = self.random.choice(FILES)
            parts.append((f'name="{name}"; filename="{file}"\r\nContent-Type: {kind}', content))
        boundary = f"boundary{self.random.getrandbits(64)}"
        body = b"".join(
            f"--{boundary}\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode(errors="replace")
            + content
            + b"\r\n"
            for head, content in parts
        )
        return f"multipart/form-data; boundary={boundary}", body + f"--{boundary}--\r\n".encode()

    def _changed(self, field):
        name, value = field
        is_kept = name == "csrfmiddlewaretoken" or self.random.random() > 0.2
        return (name, value) if is_kept else (name, self.random.choice(ODD))


def _in_header(name):
    return re.sub(r'["\r\n]', "_", name)


class Forms(HTMLParser):
    """(where it goes, [(name, value)], [names of files]) of each form that is posted: as it is shown, with each choice
    taken.
    """

    def __init__(self):
        super().__init__()
        self.forms, self._select = [], ""

    def handle_starttag(self, tag, attributes):
        given = {name: value or "" for name, value in attributes}
        if tag == "form" and given.get("method", "").lower() == "post":
            self.forms.append((given.get("action", ""), [], []))
        if not self.forms:
            return
        _action, fields, files = self.forms[-1]
        if tag == "select":
            self._select = given.get("name", "")
        elif tag == "option" and self._select and "selected" in given:
            fields.append((self._select, given.get("value", "")))
        elif given.get("type") == "file" and given.get("name"):
            files.append(given["name"])
        elif tag in ("input", "textarea", "button") and given.get("name"):
            fields.append((given["name"], given.get("value", "")))


class RunningSite:
    """Sends to a site that runs, and keeps its cookies."""

    def __init__(self, address, session=""):
        self.line, self.cookies = HTTPConnection(urlsplit(address).netloc, timeout=60), {}
        if session:
            self.cookies["session"] = session

    def __call__(self, method, address, body, kind):
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        headers |= {"X-Forwarded-For": str(random.getrandbits(32)), "X-CSRFToken": self.cookies.get("csrf", "")}
        if body:
            headers["Content-Type"] = kind
        try:
            self.line.request(method, address, body or None, headers)
            answer = self.line.getresponse()
            text = answer.read().decode(errors="replace")
        except OSError as error:
            self.line.close()
            return Answer(599, "", "", f"no answer: {error}")
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            for name, morsel in SimpleCookie(cookie).items():
                if name != "session" or "session" not in self.cookies:
                    self.cookies[name] = morsel.value
        return Answer(answer.status, answer.headers["Location"] or "", answer.headers["Content-Type"] or "", text)


def all_addresses(registration):
    from tests.crawl import addresses, private_addresses, routes

    found = {address for route in routes() for address in addresses(route, registration)}
    return sorted((found | set(private_addresses(registration))) - NOT_TRIED)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("address")
    parser.add_argument("--session", default="")
    parser.add_argument("--requests", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conference.settings")
    django.setup()
    from registration.models import Registration

    addresses = all_addresses(Registration.objects.first())
    fuzzer = Fuzzer(options.seed, addresses, RunningSite(options.address, options.session))
    found = fuzzer.run(options.requests)
    for one in found:
        print(*one)
    statuses = dict(sorted(fuzzer.statuses.items()))
    print(f"{fuzzer.sent} requests to {len(addresses)} addresses: {statuses}; {len(found)} faults")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
