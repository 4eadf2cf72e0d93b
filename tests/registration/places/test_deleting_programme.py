"""What participants have chosen cannot be deleted with the programme, from whatever side staff try."""

import pytest
from django.contrib import admin
from django.db.models import ProtectedError
from django.urls import reverse

from agenda.choices import Kind, SessionState
from agenda.models import Day, Session
from agenda.publishing import chosen, versions
from agenda.publishing.restoring import restore
from conference.models import Edition
from registration.models import Attendance, BreakoutChoice, BreakoutPlaces, DayChoice, Registration
from registration.signing_up import rules
from tests.agenda.admin.test_programme import form_as_sent
from tests.factories import choice_of, make_answers, make_registration
from tests.pages import links, read
from tests.registration.admin.registrations.test_registration import member_of
from tests.sign_up import come_to

DAYS_IN_THE_WAY = (
    "2 people have chosen a day that would be deleted: set its sessions to “cancelled”, or move the people"
)
ROOM_IN_THE_WAY = "1 person has chosen a theme or room that would be deleted: set it to “cancelled” instead."


@pytest.fixture
def editor(client, db):
    """Has no right on registrations."""
    return member_of("Programme editors", client)


@pytest.fixture
def room(edition):
    """Of the second breakout. One of two people goes there."""
    room = Session.objects.filter(parent__kind=Kind.BREAKOUT, kind=Kind.BREAKOUT).first()
    answers = make_answers(edition, name_latin="SOK Dara")
    answers.breakouts.append(choice_of(room))
    rules.sign_up(edition=edition, answers=answers, language="en", form_token="6f9619ff-8b86-4d01-b42d-00cf4fc964ff")
    make_registration(edition)
    return room


@pytest.fixture
def day(room):
    return room.day


def page_of(row, what):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{what}", args=[row.pk])


def delete_from_the_list(client, *rows):
    address = reverse(f"admin:{rows[0]._meta.app_label}_{rows[0]._meta.model_name}_changelist")
    chosen = {"action": "delete_selected", "_selected_action": [row.pk for row in rows]}
    return [client.post(address, chosen), client.post(address, {**chosen, "post": "yes"})]


def delete_on_its_page(client, row):
    return [client.get(page_of(row, "delete")), client.post(page_of(row, "delete"), {"post": "yes"})]


def tick(client, page, *rows):
    """Saves a page with the ticks to delete these of its rows."""
    response = client.get(page)
    data = form_as_sent(response)
    for inline in response.context["inline_admin_formsets"]:
        data |= {f"{form.prefix}-DELETE": "on" for form in inline.formset.initial_forms if form.instance in rows}
    return client.post(page, data)


def from_its_line(client, row):
    """The page of the day leads to the page of deleting, from the line that is open, and back."""
    opened = client.get(f"{page_of(row.day, 'change')}?row={row.pk}")
    address = next(link for link in links(opened) if link.startswith(page_of(row, "delete")))
    return [client.get(address), client.post(address, {"post": "yes"})]


def nothing_is_lost():
    return (Day.objects.count(), DayChoice.objects.count(), BreakoutChoice.objects.count()) == (2, 4, 1)


def tells_no_name(response):
    html = response.content.decode()
    return not any(
        word in html
        for person in Registration.objects.all()
        for word in (person.code, person.spoken_code, person.name_latin, person.name_km)
    )


@pytest.mark.parametrize("delete", [delete_on_its_page, delete_from_the_list])
def test_day_that_people_have_chosen_is_refused_with_their_number_alone(editor, day, delete):
    Attendance.objects.create(registration=Registration.objects.first(), day=day)

    for response in delete(editor, day):
        text = read(response)
        assert DAYS_IN_THE_WAY in text
        assert ROOM_IN_THE_WAY in text
        assert "Attendance (1)" in text
        assert tells_no_name(response)

    assert nothing_is_lost()


@pytest.mark.parametrize("delete", [delete_on_its_page, delete_from_the_list])
@pytest.mark.parametrize("is_breakout", [False, True])
def test_room_that_a_person_has_chosen_is_refused_and_so_is_its_breakout(editor, room, delete, is_breakout):
    for response in delete(editor, room.parent if is_breakout else room):
        assert ROOM_IN_THE_WAY in read(response)
        assert "have chosen a day" not in read(response)
        assert tells_no_name(response)

    assert nothing_is_lost()


def test_several_days_are_refused_and_each_person_is_counted_once(editor, day):
    for response in delete_from_the_list(editor, *Day.objects.all()):
        assert DAYS_IN_THE_WAY in read(response)

    assert nothing_is_lost()


def test_tick_beside_a_room_is_refused_on_the_page_of_its_breakout(editor, room):
    response = tick(editor, page_of(room.parent, "change"), room)

    assert ROOM_IN_THE_WAY in read(response)
    assert tells_no_name(response)
    assert nothing_is_lost()


def test_breakout_is_not_deleted_from_its_line_on_the_page_of_its_day(editor, room):
    for response in from_its_line(editor, room.parent):
        assert ROOM_IN_THE_WAY in read(response)
        assert tells_no_name(response)
    assert nothing_is_lost()


def test_tick_is_refused_in_the_same_words_where_another_row_has_a_mistake(editor, room):
    page = page_of(room.parent, "change")
    response = editor.get(page)
    data = form_as_sent(response)
    formsets = [inline.formset for inline in response.context["inline_admin_formsets"]]
    forms = next(formset for formset in formsets if formset.model is Session).initial_forms
    other = next(form for form in forms if form.instance != room)
    data |= {f"{form.prefix}-DELETE": "on" for form in forms if form.instance == room}

    answer = editor.post(page, data | {f"{other.prefix}-starts_at": "half past"})

    assert ROOM_IN_THE_WAY in read(answer)
    assert tells_no_name(answer)
    assert nothing_is_lost()


@pytest.mark.parametrize("delete", [delete_on_its_page, delete_from_the_list])
def test_edition_is_refused_with_the_number_of_those_who_are_registered(staff_client, day, delete):
    for response in delete(staff_client, Edition.objects.get()):
        text = read(response)
        assert DAYS_IN_THE_WAY in text
        assert "Registrations (2)" in text
        assert tells_no_name(response)

    assert nothing_is_lost()


def test_refusal_is_in_khmer_for_who_reads_khmer(editor, day):
    editor.post("/language/setlang/", {"language": "km", "next": "/admin/"})

    for response in [*delete_on_its_page(editor, day), *delete_from_the_list(editor, day)]:
        text = read(response)
        assert "មានអ្នកចូលរួម ២នាក់ បានជ្រើសរើសថ្ងៃដែលនឹងត្រូវលុប៖" in text
        assert "មានអ្នកចូលរួម ១នាក់ បានជ្រើសរើសមូលបទ ឬបន្ទប់ដែលនឹងត្រូវលុប៖" in text
        assert "What is in the way" not in text


def test_tables_refuse_it_to_code_without_a_page(day, room):
    for rows in (Day.objects.filter(pk=day.pk), Session.objects.filter(pk__in=[room.pk, room.parent_id])):
        with pytest.raises(ProtectedError):
            rows.delete()

    assert nothing_is_lost()


def test_what_is_not_chosen_is_deleted_from_every_side(editor, edition):
    first, second = edition.days.all()
    room = Session.objects.filter(parent__kind=Kind.BREAKOUT, kind=Kind.BREAKOUT).first()
    BreakoutPlaces.objects.create(intake=edition.intake, session=room, places=1)
    plenary = Session.objects.get(code="d1-17")

    tick(editor, page_of(room.parent, "change"), room)
    from_its_line(editor, plenary)
    delete_on_its_page(editor, room.parent)
    delete_on_its_page(editor, first)
    delete_from_the_list(editor, second)

    assert not Session.objects.exists()
    assert not Day.objects.exists()


def test_restoring_a_version_keeps_what_was_chosen_since(edition, room):
    Session.objects.filter(pk=room.pk).update(state=SessionState.DRAFT)
    without = versions.publish(edition, by=None)
    Session.objects.filter(pk=room.pk).update(state=SessionState.CONFIRMED)
    versions.publish(edition, by=None)

    restore(without)

    room.refresh_from_db()
    assert room.state == SessionState.DRAFT
    assert nothing_is_lost()


@pytest.mark.parametrize("delete", [delete_on_its_page, delete_from_the_list])
def test_choice_made_while_staff_delete_is_said_and_kept(editor, day, delete, monkeypatch):
    """The look at what is in the way finds nothing yet."""
    for model in (Day, Session):
        monkeypatch.setattr(type(admin.site.get_model_admin(model)), "get_deleted_objects", nothing_in_the_way)

    answers = list(delete(editor, day))

    assert [answer.status_code for answer in answers if answer.status_code >= 400] == []
    assert "Nothing was deleted: it is needed since you looked." in read(editor.get("/admin/agenda/day/"))
    assert nothing_is_lost()


# --- What no person has chosen yet, and the published agenda offers --------------------------------------------------

DAY_IS_OFFERED = "The published agenda offers a day that would be deleted: set its sessions to “cancelled” or “draft”"
ROOM_IS_OFFERED = "The published agenda offers a theme or room that would be deleted: set it to “cancelled” or “draft”"


def by_a_tick(client, row):
    return [tick(client, page_of(row.parent, "change"), row)] if row.parent else from_its_line(client, row)


@pytest.fixture
def offered(edition):
    """The first theme of the first breakout, as the public sees it. No person has signed up."""
    versions.publish_first(edition)
    return Session.objects.filter(kind=Kind.THEME).first()


def form_of(client, edition):
    """What is asked about taking part."""
    return read(client.get(come_to(client, edition, 2)))


@pytest.mark.parametrize("delete", [delete_on_its_page, delete_from_the_list, by_a_tick])
@pytest.mark.parametrize("is_breakout", [False, True])
def test_theme_that_the_published_agenda_offers_stays_and_can_be_chosen(editor, offered, delete, is_breakout):
    before = Session.objects.count()

    for response in delete(editor, offered.parent if is_breakout else offered):
        assert ROOM_IS_OFFERED in read(response)

    assert Session.objects.count() == before


@pytest.mark.parametrize("delete", [delete_on_its_page, delete_from_the_list])
def test_day_that_the_published_agenda_offers_stays(editor, offered, edition, delete):
    for response in delete(editor, offered.day):
        assert DAY_IS_OFFERED in read(response)
        assert ROOM_IS_OFFERED in read(response)

    assert edition.days.count() == 2


@pytest.mark.parametrize("state", [SessionState.CANCELLED, SessionState.DRAFT])
@pytest.mark.parametrize("delete", [delete_on_its_page, delete_from_the_list])
def test_what_is_published_without_them_can_be_deleted_and_is_not_offered(editor, offered, edition, delete, state):
    day = offered.day
    Session.objects.filter(day=day).update(state=state)
    date = f"March {day.date.day}, 2024"
    assert DAY_IS_OFFERED in read(delete(editor, day)[0])
    versions.publish(edition, by=None)
    is_asked = f", {date}" in form_of(editor, edition).split("Which nights")[0]

    delete(editor, day)

    assert is_asked == (state == SessionState.DRAFT)  # a day without sessions may still get some
    assert list(edition.days.all()) != [day]
    assert f", {date}" not in form_of(editor, edition).split("Which nights")[0]


@pytest.mark.parametrize("new_date", ["2024-03-25", "2024-03-29"], ids=["earlier", "later"])
@pytest.mark.parametrize("delete", [delete_on_its_page, delete_from_the_list])
def test_published_day_without_sessions_can_be_deleted_and_what_is_chosen_stays(editor, edition, delete, new_date):
    """It has no state that could be published first. Another day of the draft does not take its place."""
    first, second = edition.days.all()
    empty = edition.days.create(date="2024-03-28")
    versions.publish(edition, by=None)
    person = make_registration(edition)
    person.days.set([second])

    delete(editor, empty)
    edition.days.create(date=new_date)

    assert not Day.objects.filter(pk=empty.pk).exists()
    assert [day.date for day in chosen.as_published(edition, person.days.all())] == [second.date]
    assert {day.pk: day.date for day in chosen.days(edition)} == {first.pk: first.date, second.pk: second.date}
    assert "March 26, 2024" in form_of(editor, edition)
    assert "March 28, 2024" not in form_of(editor, edition)


@pytest.mark.parametrize("delete", [delete_on_its_page, delete_from_the_list])
def test_day_without_sessions_that_a_person_has_chosen_stays(editor, edition, delete):
    empty = edition.days.create(date="2024-03-28")
    versions.publish(edition, by=None)
    make_registration(edition).days.set([empty])

    for response in delete(editor, empty):
        assert "1 person has chosen a day that would be deleted" in read(response)

    assert DayChoice.objects.get().day == empty


def test_before_anything_is_published_the_draft_is_what_all_see_and_can_be_deleted(editor, edition):
    theme = Session.objects.filter(kind=Kind.THEME).first()

    delete_on_its_page(editor, theme)

    assert not Session.objects.filter(pk=theme.pk).exists()
    assert str(theme.title) not in form_of(editor, edition)


def nothing_in_the_way(model_admin, objs, request):
    return [], {}, set(), []
