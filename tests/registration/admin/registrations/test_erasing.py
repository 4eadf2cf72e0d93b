"""Staff who delete a registration erase it, by the same rules as participants on their own page."""

import pytest
from django.db.models import ProtectedError

from registration.choices import MessageKind, Status
from registration.models import Helper, Intake, Registration
from registration.retention import ledger
from tests.factories import make_registration, others_data
from tests.pages import read
from tests.registration.admin.registrations.test_registration import LIST

pytestmark = pytest.mark.django_db(transaction=True)


def delete_on_its_page(client, *people):
    return [client.post(f"{LIST}{person.pk}/delete/", {"post": "yes"}) for person in people]


def delete_from_the_list(client, *people):
    chosen = {"action": "delete_selected", "_selected_action": [person.pk for person in people], "post": "yes"}
    return [client.post(LIST, chosen)]


@pytest.fixture(params=[delete_on_its_page, delete_from_the_list])
def delete(request):
    return request.param


def test_place_of_a_deleted_registration_is_offered_to_the_next(staff_client, edition, delete):
    Intake.objects.update(capacity=2)
    people = [make_registration(edition), make_registration(edition)]
    waiting = [make_registration(edition), make_registration(edition)]
    assert [person.status for person in waiting] == [Status.WAITING, Status.WAITING]

    delete(staff_client, *people)

    assert list(Registration.objects.order_by("pk")) == waiting
    for person in waiting:
        person.refresh_from_db()
        assert person.status == Status.OFFERED
        assert person.messages.filter(kind=MessageKind.OFFERED).count() == 1


def test_deleted_registration_has_its_line_in_the_ledger(staff_client, edition, delete):
    people = [make_registration(edition), make_registration(edition)]

    delete(staff_client, *people)
    assert not Registration.objects.exists()
    Registration.objects.bulk_create(people)  # as a backup would bring them back

    assert ledger.come_back() == people


def test_helper_goes_with_the_last_of_their_people(staff_client, client, edition, delete):
    client.post(f"/en/{edition.year}/register/others/", others_data(edition, {}, {}))
    first, last = Registration.objects.order_by("pk")

    delete(staff_client, first)
    assert Helper.objects.exists()
    delete(staff_client, last)

    assert not Helper.objects.exists()


def test_page_asks_first_and_nothing_happens_before(staff_client, edition, settings):
    person = make_registration(edition)

    for response in (
        staff_client.get(f"{LIST}{person.pk}/delete/"),
        staff_client.post(LIST, {"action": "delete_selected", "_selected_action": [person.pk]}),
    ):
        assert "Are you sure you want to delete" in read(response)

    assert Registration.objects.get() == person
    assert not settings.ERASURE_LEDGER.exists()


def test_nothing_else_deletes_a_registration_on_the_way(staff_client, client, edition):
    client.post(f"/en/{edition.year}/register/others/", others_data(edition, {}))
    helper = Helper.objects.get()

    assert staff_client.post(f"/admin/registration/helper/{helper.pk}/delete/", {"post": "yes"}).status_code == 403
    staff_client.post(f"/admin/conference/edition/{edition.pk}/delete/", {"post": "yes"})
    for row in (helper, edition):
        with pytest.raises(ProtectedError):
            row.delete()

    assert Registration.objects.count() == 1
