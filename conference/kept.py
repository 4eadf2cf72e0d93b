"""Whole answers of public pages, kept in front of everything for a few seconds: compressed, with their ETag.

A crowd then costs no more than a page that does nothing. Each process keeps its own in its memory, bounded in bytes.
`conference.caching` says which pages are kept, and what they read in their address.
"""

import fcntl
import gzip
import hashlib
import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import urlencode

import brotli
from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase, ResponseHeaders
from django.middleware.gzip import GZipMiddleware
from django.middleware.http import ConditionalGetMiddleware
from django.utils.http import parse_etags

View = Callable[[HttpRequest], HttpResponse]

MOST_BYTES = 32_000_000  # of a process; a page in one language is about 60 KB, with its compressed forms
LARGEST = 4_000_000  # bytes of one answer: a larger one would push out all others
MOST_FORMS = 64  # of one page: what its address may ask for
LONGEST_NUMBER = 3  # digits
WHILE_DRAWN = 10  # seconds: for so long the old answer is given while another process draws the page anew
PACKED_ALREADY = re.compile(r"image/(?!svg)|application/(pdf|zip)|audio/|font/")
# Best first. What takes zstd takes brotli as well, and is served no smaller by it.
ENCODINGS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda content: brotli.compress(content, quality=6),
    "gzip": lambda content: gzip.compress(content, compresslevel=6, mtime=0),
}
NOT_CHANGED = "not changed"
NOT_IN_304 = {"content-length", "content-type", "content-encoding", "content-disposition"}


class Reads(NamedTuple):
    """What a page reads in its address: flags, and small numbers. Everything else there changes nothing."""

    flags: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()

    def in_one_spelling(self, query: str) -> str:
        """Each other spelling would be a page of its own to draw, and to keep."""
        names = [name for name in sorted(self.flags | self.numbers) if name in query]
        if not names:
            return ""
        given, found = QueryDict(query), {}
        for name in names:
            value = "1" if name in self.flags and name in given else given.get(name, "")
            if value.isdecimal() and value.isascii() and len(value) <= LONGEST_NUMBER:
                found[name] = str(int(value))  # 002 is 2
        return urlencode(found)


class Place(NamedTuple):
    """Where a page stands, without what is asked of it."""

    is_secure: bool
    host: str
    path: str


class Form(NamedTuple):
    """What is sent of an answer: compressed in this way, or only that it has not changed."""

    status: int
    headers: dict[str, tuple[str, str]]  # as Django holds those that it has checked: by their name in small letters
    content: bytes


class Ready(HttpResponse):
    """Its headers were checked before: to set each of them anew would cost more than all the rest."""

    def __init__(self, form: Form, *, is_head: bool) -> None:
        super().__init__(b"" if is_head else form.content, status=form.status, content_type="")
        self.headers._store = form.headers.copy()  # of Django, private: the price of a fast answer


@dataclass(slots=True)
class Answer:
    """Of status 200, as all visitors get it."""

    drawn_at: float  # of the clock that runs on (time.monotonic)
    etag: str
    headers: dict[str, str]
    content: bytes
    is_packed: bool  # a picture or a PDF gets no smaller
    packed: dict[str, bytes] = field(default_factory=dict)  # by the name of the encoding; as they are asked for
    forms: dict[str, Form] = field(default_factory=dict)
    given: int = 0  # times

    @property
    def age(self) -> float:
        """Seconds."""
        return time.monotonic() - self.drawn_at

    @property
    def size(self) -> int:
        """Bytes."""
        return len(self.content) + sum(map(len, self.packed.values())) + 4_000

    def to(self, request: HttpRequest) -> HttpResponse:
        """As the browser takes it: compressed, without its body for HEAD, or "not changed"."""
        self.given += 1
        known = request.META.get("HTTP_IF_NONE_MATCH")
        if known and (self.etag in parse_etags(known) or known.strip() == "*"):
            name = NOT_CHANGED
        else:
            accepted = request.META.get("HTTP_ACCEPT_ENCODING", "")
            name = "" if self.is_packed else next((one for one in ENCODINGS if _takes(accepted, one)), "")
        form = self.forms.get(name) or self._form(name)
        return Ready(form, is_head=request.method == "HEAD")

    def _form(self, name: str) -> Form:
        headers, content, status = {**self.headers}, self.content, 200
        if name == NOT_CHANGED:
            headers = {name: value for name, value in headers.items() if name.lower() not in NOT_IN_304}
            content, status = b"", 304
        elif name:
            if name not in self.packed:
                self.packed[name] = ENCODINGS[name](content)
            content = self.packed[name]
            headers["Content-Encoding"] = name
        if status == 200:
            headers["Content-Length"] = str(len(content))
        checked = ResponseHeaders(headers)
        form = self.forms[name] = Form(status, {key.lower(): (key, checked[key]) for key in checked}, content)
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

    def find(self, request: HttpRequest) -> Answer | None:
        """However old it is."""
        page = self._pages.get(place_of(request))
        if page is None:
            return None
        query = request.META["QUERY_STRING"]
        return page.answers.get(page.reads.in_one_spelling(query) if query else "")

    def put(self, request: HttpRequest, reads: Reads, answer: Answer) -> None:
        place, query = place_of(request), reads.in_one_spelling(request.META["QUERY_STRING"])
        with self._lock:
            page = self._pages.pop(place, None)
            if page is None or page.reads != reads:
                page = Page(reads)
            self._pages[place] = page
            old = page.answers.pop(query, None)
            if old and old.etag == answer.etag:
                answer.packed = old.packed
            page.answers[query] = answer
            while len(page.answers) > MOST_FORMS:
                page.answers.popitem(last=False)
            size = sum(page.size for page in self._pages.values())
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


def place_of(request: HttpRequest) -> Place:
    return Place(request.is_secure(), request.META.get("HTTP_HOST", ""), request.path)


def answer_of(response: HttpResponse) -> Answer | None:
    """What can be kept of an answer: the same one for all visitors."""
    varies = {name.strip().lower() for name in response.get("Vary", "").split(",")} - {""}
    is_same_for_all = response.status_code == 200 and not response.cookies and varies <= {"accept-encoding"}
    if response.streaming or not is_same_for_all or len(response.content) > LARGEST:
        return None
    etag = f'W/"{hashlib.blake2b(response.content, digest_size=16).hexdigest()}"'
    is_packed = bool(PACKED_ALREADY.match(response.get("Content-Type", "")))
    headers = {name: value for name, value in response.headers.items() if name != "X-Request-ID"}
    headers |= {"ETag": etag} if is_packed else {"ETag": etag, "Vary": "Accept-Encoding"}
    return Answer(
        drawn_at=time.monotonic(),
        etag=etag,
        headers=headers,
        content=response.content,
        is_packed=is_packed,
    )


@contextmanager
def drawing(request: HttpRequest) -> Iterator[bool]:
    """Whether no other thread, and no other process of this machine, is drawing the page meanwhile.

    A process that dies lets go of it. Where no file can be opened each draws for itself.
    """
    slot = hashlib.blake2b(repr(place_of(request)).encode(), digest_size=1).hexdigest()
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
