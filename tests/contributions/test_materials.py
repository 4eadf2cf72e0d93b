"""Slides come by the link of those who hold a session; staff look at them, then the agenda is published."""

import re
import uuid
from datetime import timedelta

import pytest
from django.conf import settings as site_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from agenda.choices import AppearanceState, SessionState
from agenda.models import Appearance, Material
from agenda.publishing import versions
from conference.files import limits
from contributions.materials import links, rules
from contributions.models import MaterialSent, SentState
from registration.retention import erasing
from tests.factories import make_day, make_edition, make_session
from tests.pages import forget_kept, read
from tests.registration.admin.registrations.test_registration import member_of

SLIDES = b"%PDF-1.7 sample slides"
LIST = "/admin/contributions/materialsent/"
EDITORS = "Programme editors"


@pytest.fixture
def media(settings, tmp_path):
    """media() names the files that lie there, each after its folder."""
    settings.MEDIA_ROOT = tmp_path
    return lambda: {path.relative_to(tmp_path).as_posix() for path in tmp_path.glob("*/*")}


@pytest.fixture
def speaks(db):
    edition = make_edition()
    session = make_session(
        make_day(edition), code="talk", title_en="Sample talk", title_km="វគ្គគំរូ", kind="presentation"
    )
    return Appearance.objects.create(session=session, label_en="SAMPLE Person", state=AppearanceState.CONFIRMED)


def page_of(appearance, language="en"):
    return links.address_of(appearance, language).removeprefix(site_settings.SITE_URL)


def upload(content=SLIDES):
    return SimpleUploadedFile("whatever.exe", content)


def sent(client, appearance, **answers):
    return client.post(page_of(appearance), {"token": uuid.uuid4(), **answers})


def test_speaker_sends_staff_take_the_agenda_is_published(client, speaks, media, django_capture_on_commit_callbacks):
    edition = speaks.session.day.edition
    versions.publish(edition, by=None)
    page = "/en/2030/agenda/talk/"

    answer = sent(client, speaks, file=upload(), languages=["km", "en"], licence="cc-by-4.0", note="Slide 3 is new.")
    thanks = client.get(answer["Location"])
    one = MaterialSent.objects.get()
    staff = member_of(EDITORS, Client())
    look = staff.get(f"{LIST}{one.pk}/change/")
    file = staff.get(f"{LIST}{one.pk}/file/")

    assert "it has come" in read(thanks)
    assert "to be looked at" in read(thanks)
    assert {"Sample talk", "Slide 3 is new.", "CC BY 4.0"} <= set(
        re.findall("Sample talk|Slide 3 is new.|CC BY 4.0", read(look))
    )
    assert "<dd>Khmer, English</dd>" in look.text
    assert b"".join(file.streaming_content) == SLIDES
    assert file["Content-Disposition"].startswith("attachment")
    assert "1 slide or material to look at" in read(staff.get("/admin/"))

    with django_capture_on_commit_callbacks(execute=True):
        staff.post(f"{LIST}{one.pk}/change/", {"take": "1"})
    material = Material.objects.get()
    assert (str(material), material.languages, material.licence) == ("Sample talk", ["km", "en"], "cc-by-4.0")
    assert media() == {material.file.name}  # what was sent has gone there
    assert "taken into the draft" in read(client.get(page_of(speaks)))
    forget_kept()
    assert material.file.url not in client.get(page).text
    versions.publish(edition, by=None)
    forget_kept()
    assert material.file.url in client.get(page).text


def test_what_is_not_taken_says_why_and_its_file_goes(client, speaks, media, django_capture_on_commit_callbacks):
    sent(client, speaks, file=upload())
    one = MaterialSent.objects.get()
    staff = member_of(EDITORS, Client())

    empty = staff.post(f"{LIST}{one.pk}/change/", {"decline": "1", "reason": " "})
    with django_capture_on_commit_callbacks(execute=True):
        staff.post(f"{LIST}{one.pk}/change/", {"decline": "1", "reason": "Photographs of children."})
    again = staff.post(f"{LIST}{one.pk}/change/", {"take": "1"}, follow=True)

    assert "Write why it is not taken." in read(empty)
    assert "Photographs of children." in read(client.get(page_of(speaks)))
    assert "nothing was changed" in read(again)
    assert media() == set()
    assert not Material.objects.exists()


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"file": b"<html>"}, "send PDF, PowerPoint"),
        ({"file": SLIDES * 100}, "larger than 5 MB"),
        ({}, "Choose a file, or write a link below."),
        ({"url": "javascript:alert(1)"}, "Write the whole address"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_a_word(client, speaks, media, monkeypatch, answers, said):
    monkeypatch.setattr(limits, "DOCUMENT", 1000)
    answers = answers | ({"file": upload(answers["file"])} if "file" in answers else {})

    page = sent(client, speaks, title="Kept title", **answers)

    assert said in read(page)
    assert "Kept title" in page.text
    assert (media(), MaterialSent.objects.count()) == (set(), 0)


def test_good_file_arrives_also_where_the_link_is_wrong(client, speaks, media):
    page = sent(client, speaks, file=upload(), url="nothing at all", title="ចំណងជើង")

    one = MaterialSent.objects.get()
    assert "Your file has come." in read(page)
    assert "Write the whole address" in read(page)
    assert (one.title_km, one.title_en, one.url, bool(one.file)) == ("ចំណងជើង", "", "", True)
    token = re.search(r'name="token" value="([^"]+)"', page.text)[1]
    sent(client, speaks, token=token, url="https://example.org/film")
    assert set(MaterialSent.objects.values_list("url", flat=True)) == {"", "https://example.org/film"}


def test_form_that_comes_twice_counts_once_and_can_be_taken_back(
    client, speaks, media, django_capture_on_commit_callbacks
):
    token = uuid.uuid4()
    with django_capture_on_commit_callbacks(execute=True):
        for _time in range(2):
            sent(client, speaks, token=token, file=upload(), url="https://example.org/film")
    assert (MaterialSent.objects.count(), len(media())) == (2, 1)

    taken = MaterialSent.objects.get(file="")
    MaterialSent.objects.filter(pk=taken.pk).update(state=SentState.TAKEN)
    with django_capture_on_commit_callbacks(execute=True):
        for one in MaterialSent.objects.all():
            client.post(page_of(speaks), {"withdraw": one.pk})
    assert (list(MaterialSent.objects.all()), media()) == ([taken], set())


def test_more_than_ten_wait_for_the_staff_first(client, speaks, monkeypatch):
    monkeypatch.setattr(rules, "MOST_WAITING", 1)
    sent(client, speaks, url="https://example.org/1")

    page = sent(client, speaks, url="https://example.org/2")

    assert "Ten are waiting already" in read(page)
    assert "https://example.org/2" in page.text
    assert MaterialSent.objects.count() == 1


def test_link_that_opens_nothing_gets_one_answer(client, speaks):
    def renewed():
        old = page_of(speaks)
        links.make_new(speaks)
        return old

    def at(address):
        answer = client.get(address)
        return answer.status_code, read(answer)

    def changed(row, **columns):
        type(row).objects.filter(pk=row.pk).update(**columns)
        answer = at(page_of(Appearance.objects.get()))
        row.save()
        return answer

    assert at(page_of(speaks))[0] == 200
    long_over = speaks.session.day.edition.ends_on - timedelta(days=9000)
    found = {
        at("/en/slides/1-0/"),
        at(f"/en/slides/{speaks.pk}-{'0' * 32}/"),
        at(f"/en/slides/{'9' * 30}-0/"),
        at(renewed()),
        changed(speaks, state=AppearanceState.DECLINED),
        changed(speaks.session, state=SessionState.CANCELLED),
        changed(speaks.session.day.edition, ends_on=long_over, starts_on=long_over),
    }
    assert [status for status, _text in found] == [404]
    assert at(page_of(Appearance.objects.get()))[0] == 200


def test_one_link_sees_and_takes_back_nothing_of_another(client, speaks):
    other = Appearance.objects.create(session=speaks.session, label_en="SAMPLE Other")
    sent(client, speaks, url="https://example.org/mine", title="Mine alone")

    client.post(page_of(other), {"withdraw": MaterialSent.objects.get().pk})

    assert MaterialSent.objects.exists()
    assert "Mine alone" not in read(client.get(page_of(other)))


def test_staff_hand_out_links_and_make_new_ones(speaks):
    old = links.address_of(speaks, "km")
    staff = member_of(EDITORS, Client())

    page = staff.get(f"{LIST}links/?edition=2030")
    staff.post(f"{LIST}links/?edition=2030", {"new": speaks.pk})

    assert old in page.text
    assert links.appearance_of(old.rstrip("/").rpartition("/")[2]) is None
    assert old not in staff.get(f"{LIST}links/?edition=2030").text


@pytest.mark.parametrize("group", ["Registration desk", "Inclusion officers", "Travel desk", "Observers"])
def test_others_of_the_staff_see_nothing_of_it(client, speaks, group):
    sent(client, speaks, url="https://example.org/1")
    pk = MaterialSent.objects.get().pk
    staff = member_of(group, Client())

    for address in (LIST, f"{LIST}links/", f"{LIST}{pk}/change/", f"{LIST}{pk}/file/"):
        assert staff.get(address).status_code == 403


def test_page_of_links_takes_the_year_alone(staff_client, speaks):
    assert staff_client.get(f"{LIST}links/?edition=2030&session__code=talk").status_code == 400


def test_links_take_as_many_queries_for_many_sessions(staff_client, speaks, django_assert_max_num_queries):
    for number in range(12):
        session = make_session(speaks.session.day, code=f"talk-{number}", kind="panel")
        Appearance.objects.create(session=session, label_en=f"SAMPLE {number}")
    staff_client.get(f"{LIST}links/?edition=2030")

    with django_assert_max_num_queries(12):
        page = staff_client.get(f"{LIST}links/?edition=2030")
    assert page.text.count("/km/slides/") == 13


def test_what_was_sent_goes_with_its_file_on_the_second_date(
    client, speaks, media, django_capture_on_commit_callbacks
):
    sent(client, speaks, file=upload())
    edition_pk = speaks.session.day.edition_id

    (one,) = [one for one in erasing._above(is_sensitive=False) if one.what == "materials that were sent"]
    with django_capture_on_commit_callbacks(execute=True):
        one.erase(one.rows(edition_pk))

    assert (MaterialSent.objects.count(), media()) == (0, set())
