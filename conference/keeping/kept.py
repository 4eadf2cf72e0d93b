"""Whole answers of public pages, kept in front of everything for a few seconds: compressed, with their ETag.

A crowd then costs no more than a page that does nothing. Each process keeps its own in its memory, bounded in bytes.
`conference.keeping.caching` says which pages are kept, and what they read in their address.
"""

import fcntl
import gzip
import hashlib
import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import urlencode

import brotli
from django.conf import settings
from django.core.exceptions import TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.cookie import parse_cookie
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.middleware.http import ConditionalGetMiddleware
from django.utils.http import parse_etags

from conference.serving.sessions import is_key_of_ours

Environ = Mapping[str, Any]  # of a request, as the server gives it (PEP 3333)

MOST_BYTES = 32_000_000  # of a process; a page in one language is about 60 KB, with its compressed forms
LARGEST = 4_000_000  # bytes of one answer: a larger one would push out all others
MOST_FORMS = 64  # of one page: what its address may ask for
LONGEST_NUMBER = 3  # digits
HIGHEST_NUMBER = 10**LONGEST_NUMBER - 1
WHILE_DRAWN = 10  # seconds: for so long the old answer is given while another process draws the page anew
INDENT, SHOWS_INDENTS = re.compile(rb"\n\s+"), re.compile(rb"<(?:pre|textarea)\b")
PACKED_ALREADY = re.compile(r"image/(?!svg)|application/(pdf|zip)|audio/|font/")
SETTLED_SECONDS = 60
MOST_PACKED_WELL = 200_000  # bytes: a tenth of a second of the processor for each 50,000
# Best first, each with what packs fast and what packs well. What takes zstd takes brotli as well, and is served no
# smaller by it.
ENCODINGS: dict[str, tuple[Callable[[bytes], bytes], Callable[[bytes], bytes]]] = {
    "br": (lambda content: brotli.compress(content, quality=6), lambda content: brotli.compress(content, quality=11)),
    "gzip": (
        lambda content: gzip.compress(content, compresslevel=6, mtime=0),
        lambda content: gzip.compress(content, compresslevel=9, mtime=0),
    ),
}
NOT_CHANGED = "not changed"
NOT_IN_304 = {"content-length", "content-type", "content-encoding", "content-disposition"}


class Reads(NamedTuple):
    """What a page reads in its address: flags, and small numbers. Everything else there changes nothing.

    The page says of each number which is the highest that there is: all above it are one and the same to it.
    """

    flags: frozenset[str] = frozenset()
    numbers: Mapping[str, int] = MappingProxyType({})

    def up_to(self, highest: Mapping[str, int]) -> "Reads":
        return self._replace(numbers={**self.numbers, **highest})

    def in_one_spelling(self, query: str) -> str:
        """Each other spelling would be a page of its own to draw, and to keep."""
        names = [name for name in sorted({*self.flags, *self.numbers}) if name in query]
        if not names:
            return ""
        try:
            given = QueryDict(query)
        except TooManyFieldsSent:  # before Django is reached there is no page that could say so
            return ""
        found = {}
        for name in names:
            value = "1" if name in self.flags and name in given else given.get(name, "")
            if value.isdecimal() and value.isascii() and len(value) <= LONGEST_NUMBER:
                found[name] = str(min(int(value), self.numbers.get(name, 1) + 1))  # 002 is 2
        return urlencode(found)


class Place(NamedTuple):
    """Where a page stands, without what is asked of it."""

    is_secure: bool
    host: str
    path: str  # as the server gives it, not decoded


class Form(NamedTuple):
    """What is sent of an answer: compressed in this way, or only that it has not changed."""

    status: int
    headers: list[tuple[str, str]]
    content: bytes


@dataclass(slots=True)
class Answer:
    """Of status 200, as all visitors get it."""

    drawn_at: float  # of the clock that runs on (time.monotonic)
    etag: str
    headers: dict[str, str]
    content: bytes
    is_packed: bool  # a picture or a PDF gets no smaller
    since: float = 0  # it has been drawn the same
    packed: dict[str, bytes] = field(default_factory=dict)  # by the name of the encoding; as they are asked for
    forms: dict[str, Form] = field(default_factory=dict)
    given: int = 0  # times

    @property
    def age(self) -> float:
        """Seconds."""
        return time.monotonic() - self.drawn_at

    @property
    def is_settled(self) -> bool:
        """Worth packing well, once."""
        return self.drawn_at - self.since >= SETTLED_SECONDS

    @property
    def is_fresh(self) -> bool:
        return self.age < settings.PUBLIC_PAGE_SECONDS

    @property
    def for_front(self) -> dict[str, str]:
        """For how long the front may give it too (deploy/nginx.conf.template), so that it is never older than here.

        nginx counts in whole seconds, and keeps an answer for up to one more than it is told.
        """
        seconds = max(int(settings.PUBLIC_PAGE_SECONDS - self.age) - 1, 0)
        return {"X-Accel-Expires": str(seconds)} if settings.BEHIND_PROXY else {}

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.content) + sum(map(len, self.packed.values())) + 4_000

    def form_for(self, environ: Environ) -> Form:
        """As the browser takes it."""
        self.given += 1
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known and (self.etag in parse_etags(known) or known.strip() == "*"):
            name = NOT_CHANGED
        else:
            accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
            name = "" if self.is_packed else next((one for one in ENCODINGS if _takes(accepted, one)), "")
        return self.forms.get(name) or self._form(name)

    def to(self, request: HttpRequest) -> HttpResponse:
        """As the browser takes it; without its body for HEAD."""
        form = self.form_for(request.META)
        content = b"" if request.method == "HEAD" else form.content
        response = HttpResponse(content, status=form.status, headers={**dict(form.headers), **self.for_front})
        if form.status == 304:
            del response.headers["Content-Type"]
        return response

    def _form(self, name: str) -> Form:
        headers, content, status = {**self.headers}, self.content, 200
        if name == NOT_CHANGED:
            headers = {name: value for name, value in headers.items() if name.lower() not in NOT_IN_304}
            content, status = b"", 304
        elif name:
            if name not in self.packed:
                fast, well = ENCODINGS[name]
                pack = well if self.is_settled and len(content) <= MOST_PACKED_WELL else fast
                self.packed[name] = pack(content)
            content = self.packed[name]
            headers["Content-Encoding"] = name
        if status == 200:
            headers["Content-Length"] = str(len(content))
        form = self.forms[name] = Form(status, list(headers.items()), content)
        return form


@dataclass(slots=True)
class Page:
    reads: Reads
    answers: OrderedDict[str, Answer] = field(default_factory=OrderedDict)  # by what is read in the address

    @property
    def size(self) -> int:
        return sum(answer.size for answer in self.answers.values())


class Answers:
    """Together they are bounded in bytes. Those drawn last stay: what is asked for is drawn anew every few seconds."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self._pages: OrderedDict[Place, Page] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, environ: Environ) -> Answer | None:
        """However old it is. `environ` is of the request: `request.META`."""
        page = self._pages.get(place_of(environ))
        if page is None:
            return None
        query = environ.get("QUERY_STRING", "")
        return page.answers.get(page.reads.in_one_spelling(query) if query else "")

    def put(self, environ: Environ, reads: Reads, answer: Answer) -> None:
        place, query = place_of(environ), reads.in_one_spelling(environ.get("QUERY_STRING", ""))
        with self._lock:
            page = self._pages.pop(place, None)
            if page is None or page.reads != reads:
                page = Page(reads)
            self._pages[place] = page
            old = page.answers.pop(query, None)
            if old and old.etag == answer.etag:
                answer.since = old.since
                answer.packed = old.packed if old.is_settled == answer.is_settled else {}
            page.answers[query] = answer
            while len(page.answers) > MOST_FORMS:
                page.answers.popitem(last=False)
            size = self.size
            while size > self.most_bytes and len(self._pages) > 1:
                size -= self._pages.popitem(last=False)[1].size

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()

    @property
    def size(self) -> int:
        """Bytes."""
        return sum(page.size for page in self._pages.values())


answers = Answers(MOST_BYTES)


def _takes(accepted: str, encoding: str) -> bool:
    """By the browser's list, such as "gzip, deflate, br;q=0.5"."""
    found = re.search(rf"(?:^|[\s,]){encoding}\s*(?:;\s*q=([0-9.]+))?\s*(?:,|$)", accepted)
    return found is not None and found[1] not in ("0", "0.0", "0.00", "0.000")


def place_of(environ: Environ) -> Place:
    """Read without Django's request, which takes longer to make than an answer takes that is kept."""
    scheme = environ["wsgi.url_scheme"]
    if settings.BEHIND_PROXY:  # as Django reads it: the first of several counts
        scheme = environ.get("HTTP_X_FORWARDED_PROTO", "").partition(",")[0].strip()
    path = environ.get("SCRIPT_NAME", "") + environ["PATH_INFO"]
    return Place(scheme == "https", environ.get("HTTP_HOST") or environ["SERVER_NAME"], path)


def is_for_all(environ: Environ) -> bool:
    """A request that an answer for all visitors may meet: it reads, and carries no session that this site began.

    Such a session may be one of staff. A made-up cookie is none.
    """
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
        return False
    name, cookies = settings.SESSION_COOKIE_NAME, environ.get("HTTP_COOKIE", "")
    return name not in cookies or not is_key_of_ours(parse_cookie(cookies).get(name, ""))


def answer_of(response: HttpResponse) -> Answer | None:
    """What can be kept of an answer: the same one for all visitors."""
    varies = {name.strip().lower() for name in response.get("Vary", "").split(",")} - {""}
    is_same_for_all = response.status_code == 200 and not response.cookies and varies <= {"accept-encoding"}
    if response.streaming or not is_same_for_all or len(response.content) > LARGEST:
        return None
    content = _without_indents(response)
    etag = f'W/"{hashlib.blake2b(content, digest_size=16).hexdigest()}"'
    is_packed = bool(PACKED_ALREADY.match(response.get("Content-Type", "")))
    headers = {name: value for name, value in response.headers.items() if name != "X-Request-ID"}
    headers |= {"ETag": etag} if is_packed else {"ETag": etag, "Vary": "Accept-Encoding"}
    now = time.monotonic()
    return Answer(
        drawn_at=now,
        since=now,
        etag=etag,
        headers=headers,
        content=content,
        is_packed=is_packed,
    )


def _without_indents(response: HttpResponse) -> bytes:
    """Of a page: a third of it, and a tenth of what is sent. Where they may be seen or sent back, they stay."""
    content: bytes = response.content
    is_page = response.get("Content-Type", "").startswith("text/html")
    return INDENT.sub(b"\n", content) if is_page and not SHOWS_INDENTS.search(content) else content


@contextmanager
def drawing(environ: Environ) -> Iterator[bool]:
    """Whether no other thread, and no other process of this machine, is drawing the page meanwhile.

    A process that dies lets go of it. Where no file can be opened each draws for itself.
    """
    slot = hashlib.blake2b(repr(place_of(environ)).encode(), digest_size=1).hexdigest()
    try:
        settings.DRAWING.mkdir(exist_ok=True)
        file = open(settings.DRAWING / slot, "wb")  # noqa: SIM115 -- closed below
    except OSError:
        yield True
        return
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            is_alone = True
        except OSError:
            is_alone = False
        yield is_alone


class Gzip(GZipMiddleware):
    """Of what is not kept: an answer that is kept is compressed once for all."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        return response if hasattr(response, "reads") else super().process_response(request, response)


class ConditionalGet(ConditionalGetMiddleware):
    """Of what is not kept, for the same reason."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        return response if hasattr(response, "reads") else super().process_response(request, response)
