"""Recordings and documents, in whole or in part: a telephone asks for a part to play it, or to go on after a break."""

import re
from collections.abc import Iterator
from pathlib import PurePath
from threading import BoundedSemaphore

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from conference.files import documents, recordings
from conference.serving.errors import in_both_languages, later

TYPES = recordings.TYPES | documents.TYPES
RANGE = re.compile(r"bytes=([0-9]{0,12})-([0-9]{0,12})")
A_DAY = 24 * 3600
# A player that pauses stops reading, and a thread of the server would wait with it. So a recording is given in parts
# that the system takes from us at once, also where the player asks for all that follows: it then asks again.
PART = 128 * 1024  # bytes
# Longer answers hold a thread for as long as a slow telephone loads. At least half of the threads of a worker
# (gunicorn.conf.py) stay free for pages.
AT_ONCE = BoundedSemaphore(2)


@require_safe
def sent_file(request: HttpRequest, path: str) -> HttpResponseBase:
    """A file never changes under its name, so its name marks its content."""
    try:
        size = default_storage.size(path)
    except FileNotFoundError as gone:
        raise Http404 from gone
    mark = f'"{PurePath(path).stem}"'
    if known := get_conditional_response(request, etag=mark):
        return known
    part = _part_asked(request, size, mark)
    first, last = part or (0, size - 1)
    if first >= size:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    ending = PurePath(path).suffix
    if part and ending in recordings.TYPES:
        last = min(last, first + PART - 1)
    headers = {
        "Accept-Ranges": "bytes",
        "Cache-Control": f"public, max-age={A_DAY}",
        "Content-Encoding": "identity",  # so that Django does not pack it anew, which would forget its length
        "Content-Length": str(last - first + 1),
        "Content-Type": TYPES[ending],
        "ETag": mark,
    }
    if ending in documents.TYPES:  # our number is not a part of the name that it gets on the disk of the reader
        headers["Content-Disposition"] = f'attachment; filename="{PurePath(path).stem[:-33]}{ending}"'
    if part:
        headers["Content-Range"] = f"bytes {first}-{last}/{size}"
    content = b"" if request.method == "HEAD" else _content(path, first, last - first + 1)
    if content is None:
        return later(in_both_languages(request, 503))
    answer = StreamingHttpResponse if isinstance(content, _Blocks) else HttpResponse
    return answer(content, status=206 if part else 200, headers=headers)


def _part_asked(request: HttpRequest, size: int, mark: str) -> tuple[int, int] | None:
    """The first and the last byte; None for the whole. Several parts, or what is no range, are the whole, as HTTP
    allows. Where the first byte stands behind the end there is nothing to give.
    """
    found = RANGE.fullmatch(request.headers.get("Range", ""))
    if not found or request.headers.get("If-Range", mark) != mark:
        return None
    first, last = found.groups()
    if not first:  # bytes=-500: the last ones
        return (max(size - int(last), 0), size - 1) if last else None
    if last and int(last) < int(first):
        return None
    return int(first), min(int(last or size), size - 1)


def _content(path: str, first: int, length: int) -> "bytes | _Blocks | None":
    """None where too many others load at the moment."""
    file = default_storage.open(path)
    file.seek(first)
    if length > PART and AT_ONCE.acquire(blocking=False):
        return _Blocks(file, length)
    with file:
        return file.read(length) if length <= PART else None


class _Blocks:
    """What is between two bytes of a file. The server closes it, also where the reader has gone."""

    def __init__(self, file: "File[bytes]", length: int) -> None:
        self.file, self.left = file, length

    def __iter__(self) -> Iterator[bytes]:
        while block := self.file.read(min(PART, self.left)):
            self.left -= len(block)
            yield block

    def close(self) -> None:
        if not self.file.closed:
            self.file.close()
            AT_ONCE.release()
