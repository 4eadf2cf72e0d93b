"""How long a recording plays is counted from its sound, whatever its head says of it."""

import pytest

from conference.files.sounds import kind_and_seconds
from tests import sounds


@pytest.mark.parametrize(
    ("content", "kind", "seconds"),
    [
        (sounds.mp3(3), "mp3", 3),
        (sounds.FRAME * 125 + sounds.LARGE_FRAME * 125, "mp3", 6),  # of two bit rates, and no head says so
        (b"ID3\x04\0\0\0\0\x10\0" + bytes(2048) + sounds.mp3(3) + b"TAG" + bytes(125), "mp3", 3),
        (sounds.m4a(3), "m4a", 3),
        (sounds.m4a_in_fragments(2, 3), "m4a", 5),  # as recorders of telephones write it
        (sounds.ogg(3), "ogg", 3),
        (sounds.vorbis(3), "ogg", 3),
    ],
)
def test_kind_and_length(content, kind, seconds):
    found, length = kind_and_seconds(content)

    assert (found, length) == (kind, pytest.approx(seconds, abs=0.03))


@pytest.mark.parametrize("make", [sounds.m4a, sounds.m4a_in_fragments, sounds.ogg, sounds.vorbis])
def test_file_that_ends_anywhere_is_a_sound_or_is_refused(make):
    whole = make()

    for end in range(len(whole)):
        try:
            kind_and_seconds(whole[:end])
        except ValueError:
            continue


@pytest.mark.parametrize("number", [b"\0\0\0\0", b"\0\0\0\1", b"\xff\xff\xff\xff"])
@pytest.mark.parametrize("make", [sounds.m4a, sounds.m4a_in_fragments])
def test_number_that_lies_anywhere_breaks_nothing(make, number):
    whole = make()

    for at in range(0, len(whole) - 4, 2):
        try:
            kind_and_seconds(whole[:at] + number + whole[at + 4 :])
        except ValueError:
            continue
