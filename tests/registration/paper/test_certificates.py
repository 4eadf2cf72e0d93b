"""Certificates of attendance: who has one, what it says, and what its address tells others."""

import io
import re
from datetime import date, datetime, timedelta

import pytest
from django.test import override_settings
from django.urls import reverse
from PIL import Image

from agenda.choices import AppearanceState, Role
from agenda.models import Appearance, Speaker
from agenda.publishing.versions import publish
from conference.models import EditionOrganisation, Organisation
from registration.choices import MessageKind, Part, Status
from registration.links import address_for, private_code
from registration.messages import letters
from registration.models import AccessLog, Attendance, Certificate, Registration
from registration.paper import certificates
from registration.retention import erasing
from registration.signing_up import transitions
from tests.factories import make_day, make_edition, make_registration, make_session, open_intake
from tests.pages import read
from tests.registration.admin.registrations.test_registration import member_of
from tests.registration.paper.test_badges import pages, texts

PAGE = "/admin/registration/registration/certificates/"
OWN = "/en/registration/certificate.pdf"
EVENING = datetime(2030, 3, 27, 17)


@pytest.fixture
def over(db):
    """The evening of the last day."""
    with override_settings(SITE_CLOCK=EVENING):
        edition = make_edition(title_km="សន្និសីទគំរូ")
        make_session(make_day(edition), title_en="Sample session", title_km="វគ្គគំរូ")
        make_day(edition, date=edition.ends_on)
        open_intake(edition)
        yield edition


def was_there(registration, *days):
    for day in days or registration.edition.days.all():
        Attendance.objects.create(registration=registration, day=day)
    return registration


def written(edition):
    file = io.BytesIO()
    certificates.write_certificates(edition, certificates.who_were_there(edition), file)
    return [" ".join(texts(page)) for page in pages(file.getvalue())]


def own_client(client, registration):
    client.get(address_for(registration, is_own=True))
    return client


def test_certificate_says_both_names_and_the_days_in_both_languages(over):
    first = over.days.first()
    was_there(make_registration(over, name_km="សុខ ដារ៉ា", name_latin="SOK Dara"), first)
    make_registration(over, phone="+85512000002", name_latin="KUMROU Absent")

    (words,) = written(over)

    for text in ("សុខ ដារ៉ា", "SOK Dara", "March 26, 2030", "ថ្ងៃទី២៦ ខែមីនា ឆ្នាំ២០៣០", "សន្និសីទគំរូ", "Sample Conference"):
        assert text in words
    assert "March 27" not in words  # its number may well have a 27
    assert "២៧" not in words
    assert Certificate.objects.get().spoken_code in words


def test_certificate_of_a_speaker_names_the_sessions(over):
    speaker = Speaker.objects.create(name_en="SOK Dara")
    session = over.days.first().sessions.get()
    Appearance.objects.create(session=session, speaker=speaker, role=Role.SPEAKER, state=AppearanceState.CONFIRMED)
    was_there(make_registration(over, name_latin="SOK Dara", part=Part.SPEAKER))

    (words,) = written(over)

    assert "as speaker" in words
    assert "Sample session" in words
    assert "វគ្គគំរូ" in words


def test_certificate_may_say_more_than_that_one_took_part(over):
    winner, other = was_there(make_registration(over)), was_there(make_registration(over))
    deeds = {winner.pk: {"en": "received a sample prize at", "km": "បានទទួលរង្វាន់គំរូនៅ"}}
    file, people = io.BytesIO(), over.registrations.filter(pk__in=[winner.pk, other.pk]).order_by("pk")

    certificates.write_certificates(over, people, file, heading="Sample heading", deeds=deeds)

    of_winner, of_other = [" ".join(texts(page)) for page in pages(file.getvalue())]
    assert "received a sample prize at" in of_winner
    assert "took part in" not in of_winner
    assert "took part in" in of_other
    assert "Sample heading" in of_winner


@pytest.mark.parametrize("has_logo", [True, False])
def test_who_holds_the_conference_signs_with_a_logo_where_it_can_be_read(over, has_logo, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    Organisation.objects.create(slug="sample", name_en="Sample Holder")
    Organisation.objects.update(logo="pictures/sample.png", logo_width=40, logo_height=20)
    holder = Organisation.objects.get()
    if has_logo:
        (tmp_path / "pictures").mkdir()
        Image.new("RGBA", (40, 20), "#12395a80").save(tmp_path / "pictures" / "sample.png")
    EditionOrganisation.objects.create(edition=over, organisation=holder, role=EditionOrganisation.Role.ORGANISER)
    was_there(make_registration(over))

    (words,) = written(over)

    assert "Sample Holder" in words
    assert (certificates._logo(holder) is not None) == has_logo


def test_made_again_it_keeps_its_code_and_says_what_is_true_by_now(over):
    person = was_there(make_registration(over, name_latin="SOK Dara", name_km=""), over.days.first())
    written(over)
    code = Certificate.objects.get().code
    was_there(person, over.days.last())
    Registration.objects.filter(pk=person.pk).update(name_latin="SOK Dararith Chan")

    written(over)

    certificate = Certificate.objects.get()
    assert (certificate.code, certificate.initials) == (code, "S. D. C.")
    assert certificate.dates == [date(2030, 3, 26), date(2030, 3, 27)]


# --- On the own page -------------------------------------------------------------------------------------------------


def test_who_was_there_finds_it_on_the_own_page_from_the_last_day_on(client, over):
    person = was_there(make_registration(over))
    own = own_client(client, person)

    assert "Your certificate" in read(own.get("/en/registration/"))
    assert own.get(OWN).content.startswith(b"%PDF")
    with override_settings(SITE_CLOCK=EVENING - timedelta(days=1)):
        assert "Your certificate" not in read(own.get("/en/registration/"))
        assert own.get(OWN).status_code == 404


def test_who_was_not_there_has_none(client, over):
    own = own_client(client, make_registration(over))

    assert "Your certificate" not in read(own.get("/en/registration/"))
    assert own.get(OWN).status_code == 404
    assert not Certificate.objects.exists()


def test_who_was_there_on_a_day_that_is_not_published_has_no_empty_one(client, over):
    publish(over, by=None)
    person = was_there(make_registration(over), make_day(over, date=over.ends_on + timedelta(days=1)))
    own = own_client(client, person)

    assert "Your certificate" not in read(own.get("/en/registration/"))
    assert own.get(OWN).status_code == 404


def test_door_that_does_not_show_the_name_asks_for_the_private_code(client, over):
    person = was_there(make_registration(over))
    client.post(f"/en/{over.year}/register/find/", {"number": person.spoken_code, "phone": "012 000 001"})

    answer = client.get(OWN)

    assert "Your certificate" in read(client.get("/en/registration/"))
    assert answer.status_code == 403
    said = client.post(
        "/en/registration/code/", {"code": private_code(person), "then": "own_certificate"}, follow=True
    )
    assert said.content.startswith(b"%PDF")


# --- Verifying -------------------------------------------------------------------------------------------------------


def test_address_on_the_paper_leads_to_initials_edition_and_days_only(client, over):
    person = was_there(make_registration(over, name_km="សុខ ដារ៉ា", name_latin="SOK Dara", organisation="Planted Ltd"))
    written(over)
    certificate = Certificate.objects.get()

    path = certificates.verification_address(certificate).split("/", 3)[3]
    page = read(client.get(f"/{path}", follow=True))

    assert path == f"c/{certificate.spoken_code}/"
    for text in ("genuine", "S. D.", "ស. ដ.", "Sample Conference", "March 26, 2030"):
        assert text in page
    for secret in ("SOK", "Dara", "សុខ", "ដារ៉ា", "Planted", person.spoken_code, person.code):
        assert secret not in page


def test_code_is_read_however_it_is_typed(client, over):
    was_there(make_registration(over))
    written(over)
    code = Certificate.objects.get().code

    for typed in (code, code.lower(), f"{code[:7]} {code[7:]}"):
        assert client.get(reverse("registration:certificate", args=[typed])).status_code == 200


def test_unknown_and_revoked_codes_are_answered_alike(client, over):
    person = was_there(make_registration(over))
    written(over)
    revoked = Certificate.objects.get().code
    transitions.erase(person)

    answers = [
        client.get(reverse("registration:certificate", args=[code])) for code in (revoked, "A" * 20, "x", "9" * 400)
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert len({re.sub(r"/c/[^\"/]*", "", read(answer)) for answer in answers}) == 1


def test_after_the_date_of_erasing_it_is_still_verified_and_leads_to_no_row(client, over):
    was_there(make_registration(over))
    written(over)
    certificate = Certificate.objects.get()

    erasing.erase(over, over.intake.erase_all_on)

    after = Certificate.objects.get()
    assert (after.registration, after.initials, after.days) == (None, certificate.initials, certificate.days)
    assert client.get(reverse("registration:certificate", args=[certificate.code])).status_code == 200
    assert written(over) == []


# --- Staff -----------------------------------------------------------------------------------------------------------


def test_desk_makes_one_file_for_all_and_it_leaves_its_line(client, over):
    desk = member_of("Registration desk", client)
    was_there(make_registration(over))

    answer = desk.post(f"{PAGE}?edition={over.year}")

    assert len(pages(answer.content)) == 1
    assert AccessLog.objects.get().subject == f"certificates-{over.year}.pdf"


def test_letter_about_it_goes_to_who_was_there(over):
    there = was_there(make_registration(over))
    absent = make_registration(over, phone="+85512000002", name_latin="KUMROU Absent")

    to = letters.addressees(MessageKind.CERTIFICATE, [there, absent])

    assert to.all == [there]
    assert to.left_out == [absent]
    assert there.status == Status.CONFIRMED
