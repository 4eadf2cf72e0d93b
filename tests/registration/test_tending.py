import os
import time
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone

from agenda.models import Material, Photograph, Recording, Session, Speaker
from agenda.publishing import versions
from conference.files.images import photograph
from conference.models import Organisation
from registration.choices import MessageState, Status
from registration.models import Helper, InclusionAnswers, Intake, Message, Registration
from registration.signing_up import transitions
from tests import sounds
from tests.agenda.models.test_photographs import noise, upload
from tests.factories import make_registration, others_data


def tend():
    call_command("tend_registration", stdout=StringIO())


def test_tending_passes_on_a_place_whose_offer_ran_out(edition):
    Intake.objects.update(capacity=1)
    first, second, third = (make_registration(edition) for _person in range(3))
    transitions.cancel(first)
    Registration.objects.filter(pk=second.pk).update(offered_until=timezone.now() - timedelta(seconds=1))

    tend()

    third.refresh_from_db()
    assert third.status == Status.OFFERED


def test_tending_forgets_a_helper_all_of_whose_people_stood_here_already(client, edition):
    person = {"name_latin": "SOK Dara", "email": "dara@example.org"}
    make_registration(edition, name_km="", **person)
    client.post("/en/2024/register/others/", others_data(edition, person))
    client.post("/en/2024/register/others/", others_data(edition, {}))
    assert Helper.objects.count() == 2

    tend()

    assert Helper.objects.get().registrations.exists()


def test_tending_deletes_pictures_that_are_used_nowhere(db, settings, tmp_path):
    """But not those of the last day: their rows may still be on their way."""
    settings.MEDIA_ROOT = tmp_path
    used = Speaker.objects.create(name_en="SAMPLE Person", photo=ContentFile(b"used", name="x.jpg")).photo
    for name in ("old", "new"):
        default_storage.save(f"pictures/{name}.jpg", ContentFile(b"unused"))
    two_days_ago = time.time() - 2 * 24 * 3600
    for path in (used.path, tmp_path / "pictures" / "old.jpg"):
        os.utime(path, (two_days_ago, two_days_ago))

    tend()

    assert {path.name for path in (tmp_path / "pictures").iterdir()} == {Path(used.name).name, "new.jpg"}


def test_tending_deletes_photographs_that_went_with_what_they_show(edition, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    organisation = Organisation.objects.create(name_en="Sample organisation")
    large = photograph(upload(noise(1500, 1000)))
    Photograph.objects.create(
        edition=edition, slot="organisation", organisation=organisation, photo=large, alt_en="Sample", alt_km="គំរូ"
    )
    organisation.delete()
    files = list((tmp_path / "pictures").iterdir())
    two_days_ago = time.time() - 2 * 24 * 3600
    for path in files:
        os.utime(path, (two_days_ago, two_days_ago))

    tend()

    assert len(files) == 5
    assert not any(path.exists() for path in files)


def test_tending_deletes_recordings_and_materials_that_nothing_names(edition, settings, tmp_path):
    """What the published agenda names stays, also where the draft has taken it away."""
    settings.MEDIA_ROOT = tmp_path
    recording = Recording.objects.create(
        edition=edition, page="home", language="km", text="គំរូ", sound=ContentFile(sounds.mp3(), name="x.mp3")
    )
    session = Session.objects.get(code="d1-14")
    taken, _new = (
        Material.objects.create(session=session, title_en="Sample", file=ContentFile(b"%PDF-", name="x.pdf"))
        for _number in range(2)
    )
    versions.publish(edition, by=None)
    Material.objects.filter(pk=taken.pk).delete()
    for name in ("recordings/old.mp3", "materials/old.pdf"):
        default_storage.save(name, ContentFile(b"unused"))
    two_days_ago = time.time() - 2 * 24 * 3600
    files = set(tmp_path.glob("*/*"))
    for path in files:
        os.utime(path, (two_days_ago, two_days_ago))

    tend()

    assert {path.name for path in files - set(tmp_path.glob("*/*"))} == {"old.mp3", "old.pdf"}
    assert default_storage.exists(taken.file.name)
    assert default_storage.exists(recording.sound.name)


def test_tending_goes_on_where_pictures_cannot_be_deleted(edition, monkeypatch):
    def refused(*_args):
        raise PermissionError

    monkeypatch.setattr(default_storage, "exists", refused)
    said = StringIO()

    call_command("tend_registration", stdout=StringIO(), stderr=said)

    assert "could not be deleted" in said.getvalue()


def test_tending_sends_what_is_due(edition, settings):
    settings.SENDS_EMAIL, settings.OUTBOX_THREAD = True, False
    make_registration(edition, email="dara@example.org")

    tend()

    assert len(mail.outbox) == 1
    assert Message.objects.get().state == MessageState.SENT


@pytest.mark.django_db(transaction=True)
def test_tending_erases_on_the_day(edition):
    make_registration(edition)
    Intake.objects.update(erase_sensitive_on=timezone.localdate())

    tend()

    assert not InclusionAnswers.objects.exists()
    assert Registration.objects.exists()
