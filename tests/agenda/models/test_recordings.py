"""Pages read aloud: checked by their bytes, in the reader's language, nothing where there is none."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError

from agenda.models import Recording
from conference.files import limits
from conference.files.recordings import LONGEST, TYPES
from tests import sounds
from tests.factories import form_data
from tests.pages import read
from tests.sign_up import come_to

ADD = "/admin/agenda/recording/add/"
HEAR = "Hear this page"


def typed(edition, content=None, name="anything.txt", **changes):
    return {
        "edition": edition.pk,
        "page": "home",
        "language": "en",
        "sound": SimpleUploadedFile(name, sounds.mp3() if content is None else content),
        "text": "Welcome to the sample conference.",
        **changes,
    }


@pytest.fixture
def added(edition, add_as_staff):
    return lambda content=None, **changes: add_as_staff(Recording, typed(edition, content, **changes))


@pytest.mark.parametrize("ending", ["mp3", "m4a", "ogg"])
def test_kind_and_length_are_read_from_the_bytes_and_not_from_the_name(added, media, ending):
    recording = added(getattr(sounds, ending)(seconds=2), name="page.exe")

    assert recording.sound.name.endswith(f".{ending}")
    assert (recording.seconds, recording.size) == (2, recording.sound.size)
    assert f".{ending}" in TYPES


@pytest.mark.parametrize(
    "content",
    [b"<script>alert(1)</script>", b"\xff\xfb" + b"x" * 3000, sounds.m4a(codec=b"samr"), sounds.m4a(seconds=LONGEST)],
)
def test_what_telephones_do_not_play_is_refused_with_a_word(staff_client, edition, media, content):
    response = staff_client.post(ADD, typed(edition, content, name="page.mp3"))

    assert "send an MP3, M4A or OGG file" in response.content.decode()
    assert media() == set()


def test_large_recording_is_refused_with_a_word(staff_client, edition, media, monkeypatch):
    monkeypatch.setattr(limits, "RECORDING", 1000)

    response = staff_client.post(ADD, typed(edition))

    assert "larger than 5 MB" in response.content.decode()


def test_another_recording_takes_the_place_of_the_one_before(
    staff_client, edition, added, media, django_capture_on_commit_callbacks
):
    recording = added()
    change = f"/admin/agenda/recording/{recording.pk}/change/"

    staff_client.post(change, typed(edition, text="Other words.") | {"sound": ""})
    assert media() == {recording.sound.name}
    with django_capture_on_commit_callbacks(execute=True):
        staff_client.post(change, typed(edition, sounds.ogg()))

    recording.refresh_from_db()
    assert media() == {recording.sound.name}
    assert recording.sound.name.endswith(".ogg")


def test_deleted_recording_leaves_no_file(added, media, delete_as_staff):
    delete_as_staff(added())

    assert (Recording.objects.count(), media()) == (0, set())


def test_page_has_one_recording_in_each_language(staff_client, edition, added):
    added()
    added(language="km")

    second = staff_client.post(ADD, typed(edition))

    assert "change that one" in second.content.decode()
    with pytest.raises(IntegrityError):
        Recording.objects.bulk_create([Recording(edition=edition, page="home", language="km", seconds=1, size=1)])


PAGES = {"home": "", "background": "background/", "privacy": "privacy/", "sign_up_1": "register/"}


@pytest.mark.parametrize("page", PAGES)
def test_recording_stands_on_its_page_in_its_language_and_nowhere_else(client, intake, added, page):
    recording = added(sounds.mp3(seconds=70), page=page)

    shown = client.get(f"/en/2024/{PAGES[page]}")
    assert f'<audio controls preload="none" src="{recording.sound.url}"' in shown.content.decode()
    assert f"{HEAR} (2 minutes, 68 KB)" in read(shown)
    assert "Welcome to the sample conference." in read(shown)
    assert "media-src 'self'" in shown["Content-Security-Policy"]
    for language, address in [("km", PAGES[page]), *(("en", other) for key, other in PAGES.items() if key != page)]:
        assert "<audio" not in client.get(f"/{language}/2024/{address}").content.decode()


def test_each_page_of_the_form_has_its_own(client, intake, edition, added):
    recording = added(page="sign_up_2")

    second = client.get(come_to(client, edition, 2, **form_data(edition)))

    assert recording.sound.url in second.content.decode()
