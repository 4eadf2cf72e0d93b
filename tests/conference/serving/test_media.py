"""Recordings are served in parts, as players of telephones ask for them; nothing else lies under their addresses."""

from threading import BoundedSemaphore

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import Resolver404, resolve

from conference.serving import media
from conference.serving.headers import HEADERS

NAME = "recordings/" + "0" * 32 + ".mp3"
ADDRESS = f"/media/{NAME}"
SOUND = bytes(range(200))
MARK = '"' + "0" * 32 + '"'


@pytest.fixture
def sound(settings, tmp_path):
    """Puts a recording there."""
    settings.MEDIA_ROOT = tmp_path

    def put(content=SOUND):
        default_storage.save(NAME, ContentFile(content))

    put()
    return put


def get(client, asked="", **headers):
    return client.get(ADDRESS, headers={**({"range": asked} if asked else {}), "accept-encoding": "gzip", **headers})


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("bytes=0-1", 0, 1), ("bytes=50-99", 50, 99), ("bytes=150-", 150, 199), ("bytes=-20", 180, 199),
     ("bytes=-999", 0, 199), ("bytes=0-999", 0, 199)],
)  # fmt: skip
def test_part_of_a_recording(client, sound, asked, first, last):
    response = get(client, asked)

    assert response.status_code == 206
    assert body(response) == SOUND[first : last + 1]
    assert response["Content-Range"] == f"bytes {first}-{last}/200"
    assert response["Content-Length"] == str(last - first + 1)


@pytest.mark.parametrize("asked", ["", "bytes=0-1,5-6", "bytes=9-3", "bytes=-", "lines=0-1", "bytes=x-y"])
def test_whole_recording_where_one_part_is_not_asked_for(client, sound, asked):
    response = get(client, asked)

    assert (response.status_code, body(response)) == (200, SOUND)
    assert (response["Content-Type"], response["Accept-Ranges"]) == ("audio/mpeg", "bytes")
    assert response["Content-Length"] == "200"  # known, for it is not packed


@pytest.mark.parametrize("asked", ["bytes=200-", "bytes=900-901", "bytes=-0"])
def test_part_behind_the_end(client, sound, asked):
    response = get(client, asked)

    assert (response.status_code, response["Content-Range"]) == (416, "bytes */200")


@pytest.mark.parametrize(("mark", "status"), [(MARK, 206), ('"another"', 200)])
def test_player_that_goes_on_gets_a_part_of_the_same_file_only(client, sound, mark, status):
    assert get(client, "bytes=50-99", **{"if-range": mark}).status_code == status


def test_recording_that_the_browser_has_is_not_sent_again(client, sound):
    assert get(client, **{"if-none-match": MARK}).status_code == 304


def test_open_part_of_a_long_recording_is_short_so_that_a_pause_holds_no_thread(client, sound, monkeypatch):
    monkeypatch.setattr(media, "PART", 64)

    response = get(client, "bytes=100-")

    assert (response["Content-Range"], response.streaming) == ("bytes 100-163/200", False)


def test_half_of_the_threads_stay_free_for_pages(client, sound, monkeypatch):
    monkeypatch.setattr(media, "PART", 64)
    monkeypatch.setattr(media, "AT_ONCE", BoundedSemaphore(2))
    first, second = get(client), get(client)
    third = get(client)

    assert (third.status_code, third["Retry-After"]) == (503, "30")
    assert body(first) == body(second) == SOUND
    first.close()
    again = get(client)
    assert again.status_code == 200
    again.close()
    second.close()


def test_head_tells_the_length_and_sends_nothing(client, sound):
    response = client.head(ADDRESS)

    assert (response.status_code, response["Content-Length"], response.content) == (200, "200", b"")


@pytest.mark.django_db  # the page that says so has the menu
def test_recording_that_was_deleted_is_gone(client, sound):
    default_storage.delete(NAME)

    assert get(client, **{"if-none-match": MARK}).status_code == 404


def test_nothing_is_guessed_from_the_content(client, sound):
    response = get(client)

    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == HEADERS["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["recordings/../db.sqlite3", "recordings/x.mp3", f"recordings/{'0' * 32}.html"])
def test_only_names_of_ours_have_an_address(path):
    with pytest.raises(Resolver404):
        resolve(f"/media/{path}")
