"""Arrangements in the admin: for inclusion officers alone."""

from io import BytesIO

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.utils import timezone
from openpyxl import load_workbook

from agenda.publishing import versions
from registration.admin.front_page import to_do
from registration.choices import AccessNeed, ArrangementState, Currency, Look, MessageKind, ToldHow
from registration.models import AccessLog, Arrangement, InclusionAnswers, Message
from tests.factories import make_registration
from tests.pages import links, read
from tests.registration.access.test_arrangements import NEEDS, only
from tests.registration.admin.registrations import pages
from tests.registration.admin.registrations.test_registration import member_of

LIST = "/admin/registration/arrangement/"
# Of NEEDS, in small letters: a need as it is stored and as it is shown, and what is in their own words.
PLANTED = ("quiet_room", "quiet room", "sign_language", "kanari")
COSTS, COUNTS = f"{LIST}costs/2024/", f"{LIST}counts/2024.xlsx"


@pytest.fixture
def person(edition):
    return make_registration(edition, name_latin="SOK Dara", inclusion=NEEDS)


@pytest.fixture
def officer(client, db):
    return member_of("Inclusion officers", client)


def take(client, action, rows, **data):
    """The action, or the button on the page that it asks on first."""
    return (
        pages.take(client, action, *rows, address=LIST, **data)
        if action == "tell"
        else (pages.ask(client, action, *rows, address=LIST, **data))
    )


def page_of(arrangement):
    return f"{LIST}{arrangement.pk}/change/"


def test_list_shows_reference_number_name_need_state_and_days(officer, person):
    Arrangement.objects.update(asked_at=timezone.now() - timezone.timedelta(days=5))

    text = read(officer.get(LIST))

    assert person.spoken_code in text
    assert "A quiet room" in text
    assert "5 late" in text  # the conference of 2024 is long over
    assert person.shown_name in text
    for hidden in ("kanari note", "KANARI Assistant"):
        assert hidden not in text


def test_officer_who_sees_no_registrations_reads_no_name(client, person):
    officer = member_of("Inclusion officers", client)
    Group.objects.get(name__startswith="Inclusion").permissions.remove(
        Permission.objects.get(codename="view_registration")
    )

    text = read(officer.get(LIST))

    assert person.spoken_code in text
    assert person.shown_name not in text
    assert "name" not in AccessLog.objects.get().columns


def test_every_look_leaves_a_line_without_the_needs(officer, person):
    room = only(person, AccessNeed.QUIET_ROOM).get()

    officer.get(LIST)
    officer.get(page_of(room))
    officer.get(COSTS)
    officer.get(COUNTS)

    lines = list(AccessLog.objects.order_by("pk").values_list("look", "subject", "count"))
    assert lines == [
        (Look.VIEW, "arrangements", 4),
        (Look.VIEW, f"arrangement {person.spoken_code}", 1),
        (Look.VIEW, "arrangements 2024: costs", 4),
        (Look.EXPORT, "access-2024.xlsx", 4),
    ]
    assert "quiet" not in str(list(AccessLog.objects.values_list("columns")))


@pytest.mark.parametrize("name", ["Registration desk", "Observers", "Programme editors", "Travel desk"])
def test_other_people_do_not_get_in(client, person, name):
    member = member_of(name, client)
    room = only(person, AccessNeed.QUIET_ROOM).get()

    for address in (LIST, page_of(room), f"{LIST}{room.pk}/history/", f"{LIST}{room.pk}/delete/", COSTS, COUNTS):
        response = member.get(address)
        assert response.status_code == 403
        page = response.content.decode().lower()  # where “quiet” alone is a class of every page
        assert [word for word in PLANTED if word in page] == []
    assert take(member, "book", [room]).status_code == 403
    room.refresh_from_db()
    assert room.state == ArrangementState.REQUESTED
    assert LIST not in links(member.get("/admin/"))
    assert not AccessLog.objects.exists()


def test_list_is_edited_line_by_line_and_notes_who(officer, person):
    rows = list(officer.get(LIST).context["cl"].formset.queryset)
    data = {"form-TOTAL_FORMS": len(rows), "form-INITIAL_FORMS": len(rows), "_save": "Save"}
    for number, row in enumerate(rows):
        data |= {f"form-{number}-id": row.pk, f"form-{number}-state": row.state}
    data |= {"form-0-state": "booked"}

    officer.post(LIST, data)

    row = Arrangement.objects.get(pk=rows[0].pk)
    assert row.state == ArrangementState.BOOKED
    assert row.changed_by.username == "Inclusion officers"


def test_page_takes_provider_and_cost_with_its_currency(officer, person):
    room = only(person, AccessNeed.QUIET_ROOM).get()
    data = {"state": "booked", "provider": "kanari provider", "cost": "១,២០០.50"}

    assert "Give the cost with its currency" in read(officer.post(page_of(room), data))
    officer.post(page_of(room), data | {"currency": "USD"})

    room.refresh_from_db()
    assert (room.provider, str(room.cost)) == ("kanari provider", "1200.50")


def test_fields_of_the_list_say_whose_they_are(officer, person):
    assert f'aria-label="State, {person.spoken_code}"' in officer.get(LIST).content.decode()


def test_page_has_their_own_words_and_saves(officer, person):
    page = page_of(only(person, "other").get())
    assert "kanari note" in read(officer.get(page))

    officer.post(page, {"state": "not_possible", "offered_instead": "a place by the door"})

    row = only(person, "other").get()
    assert (row.state, row.offered_instead) == (ArrangementState.NOT_POSSIBLE, "a place by the door")


def test_officer_erases_answers_together_with_their_arrangements(officer, person):
    officer.post(f"/admin/registration/inclusionanswers/{person.inclusion_answers.pk}/delete/", {"post": "yes"})

    assert not InclusionAnswers.objects.exists()
    assert not Arrangement.objects.exists()


def test_not_possible_needs_what_we_offer_instead(officer, person):
    response = officer.post(page_of(only(person, "other").get()), {"state": "not_possible", "note": "typed note"})

    assert "First write what we offer instead." in read(response)
    assert "typed note" in response.content.decode()


def test_admin_log_keeps_no_need(officer, person):
    room = only(person, AccessNeed.QUIET_ROOM).get()
    officer.post(page_of(room), {"state": "booked", "provider": "kanari provider", "note": "kanari text"})

    line = LogEntry.objects.get()
    assert line.object_repr == person.spoken_code
    history = read(officer.get(f"{LIST}{room.pk}/history/"))
    for word in PLANTED:
        assert word not in f"{line.object_repr} {line.change_message}".lower()
        assert word not in history.lower()


def test_steps_are_taken_for_many_at_once(officer, person):
    rows = Arrangement.objects.all()

    assert "4 arrangements were changed." in read(take(officer, "book", rows))
    assert "Now let them know" in read(take(officer, "confirm", rows))
    assert "1 message is on its way" in read(take(officer, "tell", rows))
    assert "How were they told?" in read(take(officer, "note_told", rows))
    take(officer, "note_told", rows, how=ToldHow.IN_PERSON)

    assert {(row.state, row.told_how) for row in rows.all()} == {(ArrangementState.TOLD, ToldHow.IN_PERSON)}
    assert Message.objects.filter(kind=MessageKind.OWN_NEWS).count() == 1


@pytest.mark.parametrize(
    ("query", "shown"),
    [("open=yes", 4), ("open=to_tell", 1), ("state__exact=confirmed", 1), ("q={code}", 4), ("q=ZZZ", 0)],
)
def test_list_is_filtered_and_searched_by_reference_number(officer, person, query, shown):
    only(person, AccessNeed.QUIET_ROOM).update(state=ArrangementState.CONFIRMED)

    response = officer.get(f"{LIST}?{query.format(code=person.spoken_code)}")

    assert response.context["cl"].result_count == shown


@pytest.mark.parametrize(
    "lookup", ["need", "answers__access_note__contains", "answers__registration__phone__contains"]
)
def test_list_cannot_be_asked_for_what_is_encrypted_or_who_it_is(officer, person, lookup):
    assert officer.get(LIST, {lookup: "uiet"}).status_code in (302, 400)


def test_list_of_nothing_opens(officer, edition):
    assert officer.get(LIST).status_code == 200


@pytest.mark.parametrize("people", [1, 15])
def test_list_takes_the_same_queries_for_few_and_many(officer, edition, people, django_assert_num_queries):
    for _person in range(people):
        make_registration(edition, inclusion={"access_needs": ["captions"]})
    officer.get(LIST)

    with django_assert_num_queries(12):
        officer.get(LIST)


@pytest.mark.parametrize("people", [1, 15])
@pytest.mark.parametrize(("page", "queries"), [(COSTS, 9), (COUNTS, 12)])
def test_numbers_take_the_same_queries_for_few_and_many(
    officer, edition, people, page, queries, django_assert_num_queries
):
    for _person in range(people):
        make_registration(edition, inclusion={"access_needs": ["captions", "prayer"]})
    versions.publish(edition, by=None)
    officer.get(page)

    with django_assert_num_queries(queries):
        officer.get(page)


def test_costs_are_summed_for_each_need_and_in_all(officer, person, edition):
    other = make_registration(edition, inclusion={"access_needs": ["quiet_room"]})
    only(person, AccessNeed.QUIET_ROOM).update(cost="20.25", currency=Currency.USD)
    only(other, AccessNeed.QUIET_ROOM).update(cost="1.25", currency=Currency.USD)
    only(person, AccessNeed.SIGN_LANGUAGE).update(cost=400_000, currency=Currency.KHR)

    text = read(officer.get(COSTS))

    assert "A quiet room 2 2 21.50 0 " in text
    assert "All arrangements 5 5 21.50 400000.00 " in text


def test_costs_of_nothing_are_zero(officer, edition):
    assert "All arrangements 0 0 0 0 " in read(officer.get(COSTS))
    assert officer.get(f"{LIST}costs/1999/").status_code == 404


def test_providers_get_numbers_for_each_day_and_no_names(officer, person):
    response = officer.get(COUNTS)

    rows = [[cell.value for cell in row] for row in load_workbook(BytesIO(response.content)).active.iter_rows()]
    assert rows[0] == ["Need", "March 26, 2024", "March 27, 2024", "People in all"]
    assert ["A quiet room", 1, 1, 1] in rows
    for name in ("SOK", "KANARI", "kanari", person.code):
        assert name not in str(rows)
    assert "no-store" in response["Cache-Control"]


def test_first_page_shows_officers_the_line_with_its_link_and_that_none_is_open(officer, person):
    page = officer.get("/admin/")
    assert "4 arrangements still open" in read(page)
    assert f"{LIST}?edition=all&open=yes" in links(page)

    Arrangement.objects.all().delete()
    assert "No arrangement is open" in read(officer.get("/admin/"))


def test_first_page_asks_it_for_no_other_staff(rf, django_user_model, person):
    for user in (AnonymousUser(), django_user_model.objects.create_user("desk", is_staff=True)):
        request = rf.get("/admin/")
        request.user = user

        assert to_do.questions(request) == {}
