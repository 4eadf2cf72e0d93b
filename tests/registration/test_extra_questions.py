"""Questions of an edition's own: asked, answered, kept, read and erased on every side like those of every edition."""

import json
from datetime import timedelta
from io import BytesIO

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from agenda.publishing.versions import publish
from registration.admin.registrations.questions import MOST_ASKED
from registration.choices import Change, Province, QuestionKind, Status
from registration.duplicates.merging import merge
from registration.figures.gather import gather
from registration.figures.measures import Measure, questions_of
from registration.figures.snapshots import take_snapshots
from registration.figures.tables import tables_to_pass_on
from registration.links import address_for, invitation_address
from registration.lists.files import rows
from registration.lists.ready import ready_lists
from registration.models import (
    AccessLog,
    ExtraAnswers,
    ExtraQuestion,
    InclusionAnswers,
    Intake,
    Invitation,
    Registration,
    Step,
)
from registration.models.extra import options_of_lines, read_asked
from registration.own_page.data import everything
from registration.own_page.data_in_words import in_words
from registration.places.choosable import choosable
from registration.retention import erasing
from tests.factories import form_data, make_question, make_registration, others_data
from tests.pages import read
from tests.registration.admin.registrations.test_registration import LIST, member_of
from tests.sign_up import REGISTER, of_page, send_pages

CANARY = "CANARY answer"
ENTRY = f"{LIST}add/"
FURTHER = f"{LIST}%d/further/"
NEEDS = f"{LIST}%d/needs/"
OWN_CHANGE, OWN_NEEDS = "/en/registration/change/", "/en/registration/needs/"


@pytest.fixture
def plain(edition):
    return make_question(edition, options=["Sample red", "Sample blue"], label_en="Sample colours?")


@pytest.fixture
def sensitive(edition):
    return make_question(edition, is_sensitive=True, label_en="Sample secret?")


def stored():
    """What is kept, of each person: plain, sensitive."""
    kept = [list(model.objects.values_list(name, flat=True)) for model, name in KEPT]
    return tuple([answers for answers in rows if answers] for rows in kept)


KEPT = [(ExtraAnswers, "answers"), (InclusionAnswers, "extra")]


# --- Every side from which an answer comes ---


def chief_of(client):
    """Signed in with every right."""
    user, _is_new = get_user_model().objects.get_or_create(username="chief", is_staff=True, is_superuser=True)
    client.force_login(user)
    return client


def html(response):
    return " ".join(response.content.decode().split())


def by_the_public_form(edition, **answers):
    return send_pages(Client(), REGISTER, form_data(edition, **answers))


def by_staff(edition, **answers):
    entered = form_data(edition, channel="telephone", language="km", **answers)
    return chief_of(Client()).post(ENTRY, entered)


@pytest.mark.parametrize("send", [by_the_public_form, by_staff])
def test_both_kinds_of_answers_are_kept_each_in_its_place(edition, plain, sensitive, send):
    send(edition, **{plain.code: ["2", "1"], sensitive.code: CANARY})

    assert stored() == ([{plain.key: ["2", "1"]}], [{sensitive.key: [CANARY]}])


@pytest.mark.parametrize("send", [by_the_public_form, by_staff])
def test_question_that_must_be_answered_is_asked_for(edition, send):
    question = make_question(edition, is_required=True)

    page = read(send(edition))

    assert "Write an answer." in page
    assert not Registration.objects.exists()
    assert send(edition, **{question.code: CANARY}).status_code == 302


@pytest.mark.parametrize("page", [1, 2, 3])
def test_question_stands_on_its_page_alone_and_its_answer_comes_along(client, edition, page):
    question = make_question(edition, page=page, help_en="Sample help")
    data, address, seen = form_data(edition), REGISTER, []
    for number in (1, 2, 3):
        shown = html(client.get(address))
        seen.append("Sample help" in shown)
        here = of_page(data, number) | ({question.code: CANARY} if number == page else {})
        address = client.post(address, here).url

    assert seen == [number == page for number in (1, 2, 3)]
    assert stored()[0] == [{question.key: [CANARY]}]


def test_helper_answers_for_each_person_and_is_not_asked_what_is_sensitive(client, edition, plain, sensitive):
    address = f"/en/{edition.year}/register/others/"
    assert sensitive.code not in html(client.get(address))

    client.post(address, others_data(edition, {plain.code: ["1"]}, {plain.code: ["2"], sensitive.code: CANARY}))

    assert stored() == ([{plain.key: ["1"]}, {plain.key: ["2"]}], [])


def opened(person):
    browser = Client()
    browser.get(address_for(person))
    return browser


def test_person_of_before_answers_on_their_own_page_also_what_must_be_answered_now(edition, sensitive):
    Intake.objects.update(changes_until=timezone.now() + timedelta(days=1))
    person = make_registration(edition)
    question = make_question(edition, is_required=True, label_en="Sample new one?")
    browser = opened(person)
    assert "Further questions of the organisers" in read(browser.get("/en/registration/"))

    open_one = answers_of(person) | {"organisation": "Sample other"}
    assert browser.post(OWN_CHANGE, open_one).status_code == 302  # it breaks nothing to leave it open
    browser.post(OWN_CHANGE, answers_of(person) | {question.code: CANARY})
    browser.post(OWN_NEEDS, {"languages": ["km"], sensitive.code: CANARY})

    assert stored() == ([{question.key: [CANARY]}], [{sensitive.key: [CANARY]}])
    page = read(browser.get("/en/registration/"))
    assert ("Sample new one?" in page, "Further questions of the organisers" in page) == (True, False)
    said = [(step.what, step.columns) for step in Step.objects.order_by("pk")]
    assert said[-2:] == [(Change.ANSWERS, ["organisation", "extra_answers"]), (Change.NEEDS, [])]


def answers_of(person):
    """What the page of the answers sends where nothing is changed."""
    names = ["name_km", "name_latin", "phone", "telegram", "email", "language", "organisation", "sector", "part"]
    columns = {name: getattr(person, name) for name in [*names, "province"]}
    return columns | {"days": [day.pk for day in person.days.all()]}


def test_desk_writes_down_what_a_person_says_and_officers_what_is_sensitive(edition, plain, sensitive):
    person = make_registration(edition)

    member_of("Registration desk", Client()).post(FURTHER % person.pk, {plain.code: ["1"]})
    assert not AccessLog.objects.exists()
    officer = member_of("Inclusion officers", Client())
    told = {"told_how": "telephone", "told_agreed": "on"}
    officer.post(NEEDS % person.pk, {"languages": ["km"], sensitive.code: CANARY, **told})

    assert stored() == ([{plain.key: ["1"]}], [{sensitive.key: [CANARY]}])
    assert officer.get(FURTHER % person.pk).status_code == 403
    assert CANARY in html(officer.get(NEEDS % person.pk))
    assert "extra" in AccessLog.objects.get().columns


def test_page_of_a_registration_shows_the_plain_answer_and_never_the_sensitive_one(edition, plain, sensitive):
    by_the_public_form(edition, **{plain.code: ["2"], sensitive.code: CANARY})
    person = Registration.objects.get()

    page = read(chief_of(Client()).get(f"{LIST}{person.pk}/change/"))

    assert "Sample colours? – Sample blue" in page
    assert CANARY not in page


def test_same_browser_corrects_an_answer_and_leaves_what_is_asked_no_more(edition, plain):
    retired = make_question(edition)
    browser, data = Client(), form_data(edition, **{plain.code: ["1"], retired.code: CANARY})
    send_pages(browser, REGISTER, data)
    ExtraQuestion.objects.filter(pk=retired.pk).update(is_asked=False)

    send_pages(browser, REGISTER, data | {plain.code: ["2"]})

    assert stored()[0] == [{plain.key: ["2"], retired.key: [CANARY]}]


def test_people_who_were_not_asked_have_no_answer_and_are_listed_without_one(edition, plain):
    make_registration(edition)

    (_titles, *people) = table(edition, "further-questions")

    assert (stored(), len(people), people[0][-1]) == (([], []), 1, "")


# --- The work that it takes ---


def queries_of_the_last_page(edition, **answers):
    client, data = Client(), form_data(edition, email="sample@example.org", **answers)
    last = send_pages(client, REGISTER, data, until=2).url
    with CaptureQueriesContext(connection) as captured:
        client.post(last, of_page(data, 3))
    return len(captured)


def queries_of_the_first_look(edition):
    with CaptureQueriesContext(connection) as captured:
        Client().get(REGISTER)
    return len(captured)


def test_asking_takes_no_query_and_answering_one_for_new_and_known_people(edition):
    """The questions come with the days. What is sensitive is written with the other answers that are."""
    publish(edition, by=None)
    before = queries_of_the_last_page(edition)
    first = [queries_of_the_first_look(edition) for _time in range(2)][-1]  # how full it is, is known from then on
    Registration.objects.all().delete()
    asked = [make_question(edition, label_en=f"Sample {number}") for number in range(3)]
    secret = make_question(edition, is_sensitive=True)
    answers = dict.fromkeys([one.code for one in (*asked, secret)], CANARY)

    new, known = (queries_of_the_last_page(edition, **answers) for _time in range(2))

    assert (new, known) == (before + 1, before + 1)
    assert queries_of_the_first_look(edition) == first
    assert stored() == ([{one.key: [CANARY] for one in asked}], [{secret.key: [CANARY]}])


def test_own_questions_come_in_the_order_of_the_form_also_where_there_is_no_day(edition):
    late = make_question(edition, page=3, position=1)
    early = make_question(edition, page=3, options=["Sample a"])
    make_question(edition, is_asked=False)

    with_days = choosable(edition).questions
    edition.days.all().delete()

    assert with_days == choosable(edition).questions == [early, late]
    assert with_days[0].options == early.options
    assert read_asked(None) == []


# --- Files, figures, the participant's own data ---


def table(edition, code):
    ready = next(one for one in ready_lists(edition) if one.code == code)
    return [[str(column.heading) for column in ready.columns], *rows(ready)]


@pytest.mark.parametrize("code", ["attendees", "further-questions"])
def test_lists_have_a_column_for_each_plain_question_and_none_that_is_sensitive(edition, plain, sensitive, code):
    by_the_public_form(edition, **{plain.code: ["1", "2"], sensitive.code: CANARY})

    titles, person = table(edition, code)

    assert dict(zip(titles, person, strict=True))["Sample colours?"] == "Sample red, Sample blue"
    assert "Sample secret?" not in titles
    assert CANARY not in person


def test_sensitive_answers_leave_with_the_file_that_asks_for_a_reason(edition, plain, sensitive):
    by_the_public_form(edition, **{plain.code: ["1"], sensitive.code: CANARY})
    address = f"/admin/registration/inclusionanswers/export/?edition={edition.year}"

    file = member_of("Inclusion officers", Client()).post(address, {"reason": "Sample reason"})

    sheet = load_workbook(BytesIO(file.content))["Sensitive answers"]
    titles, person = [[cell.value or "" for cell in row] for row in sheet.iter_rows()]
    assert dict(zip(titles, person, strict=True))["Sample secret?"] == CANARY
    assert "Sample colours?" not in titles
    assert sensitive.code in AccessLog.objects.get().columns


def test_figures_count_the_options_of_plain_questions_alone(edition, plain, sensitive):
    choice = make_question(edition, options=["Sample yes", "Sample no"], kind=QuestionKind.CHOICE)
    secret = make_question(edition, options=["Sample a", "Sample b"], is_sensitive=True)
    make_question(edition, label_en="Sample text?")
    for number, colours in enumerate([["1", "2"], ["2"], []]):
        answers = {plain.code: colours, choice.code: "1", secret.code: ["1"]}
        by_the_public_form(edition, phone=f"012 000 00{number}", name_km=f"គំរូ {number}", **answers)

    codes = [one.code for one in questions_of(edition)]
    counts = gather(edition)

    assert {plain.code, choice.code} <= set(codes)
    assert secret.code not in codes
    assert counts.column(plain.code, Measure.REGISTERED) == {"1": 1, "2": 2, "": 1}
    assert counts.column(choice.code, Measure.REGISTERED) == {"1": 3}
    take_snapshots(edition, questions_of(edition))
    tables = {table.code: table for table in tables_to_pass_on(edition, questions_of(edition))}
    passed_on = {cell.words for _label, cells in tables[plain.code].rows for cell in cells}
    assert passed_on <= {"not shown", "0", "fewer than 5"}  # three people are too few for a number


def test_participant_reads_all_their_answers_in_the_words_of_the_questions(edition, plain, sensitive):
    by_the_public_form(edition, **{plain.code: ["2"], sensitive.code: CANARY})

    data = everything(Registration.objects.get())

    asked = [
        {"question": "Sample colours?", "answer": "Sample blue"},
        {"question": "Sample secret?", "answer": CANARY},
    ]
    assert data["further_questions"] == asked
    shown = [(line.label, line.text) for part in in_words(data) for entry in part.entries for line in entry]
    assert ("Sample secret?", CANARY) in shown
    assert "extra" not in data["access_food_and_groups"]


# --- Erasing, merging, copying ---


def test_sensitive_answers_go_on_the_first_date_and_the_others_with_the_person(edition, plain, sensitive):
    by_the_public_form(edition, **{plain.code: ["2"], sensitive.code: CANARY})
    dates = [edition.ends_on + timedelta(days=days) for days in (30, 90)]
    Intake.objects.update(erase_sensitive_on=dates[0], erase_all_on=dates[1])

    erasing.erase(edition, dates[0])
    first = stored()
    erasing.erase(edition, dates[1])

    assert (first, stored()) == (([{plain.key: ["2"]}], []), ([], []))
    assert ExtraQuestion.objects.count() == 2


def test_person_who_is_erased_takes_the_answers_along(edition, plain):
    by_the_public_form(edition, **{plain.code: ["2"]})

    opened(Registration.objects.get()).post("/en/registration/erase/")

    assert stored() == ([], [])


def test_merging_keeps_the_answers_of_both_and_unites_ticks(edition, plain, sensitive, django_user_model):
    text = make_question(edition)
    kept, other = (make_registration(edition, phone=f"+8551200000{number}") for number in (1, 2))
    ExtraAnswers.objects.create(registration=kept, answers={plain.key: ["1"], text.key: ["kept"]})
    ExtraAnswers.objects.create(registration=other, answers={plain.key: ["2"], text.key: ["other"]})
    InclusionAnswers.objects.filter(registration=other).update(extra={sensitive.key: [CANARY]})

    merge(kept, other, by=django_user_model.objects.create(username="sample"))

    assert stored() == ([{plain.key: ["1", "2"], text.key: ["kept"]}], [{sensitive.key: [CANARY]}])


def test_copy_of_an_edition_asks_the_same_and_has_no_answer(client, edition, plain):
    make_question(edition, is_asked=False, label_en="Sample retired?")
    by_the_public_form(edition, **{plain.code: ["2"]})

    chief_of(client).post(
        "/admin/conference/edition/",
        {"action": "copy_edition", "_selected_action": edition.pk, "first_day": "2031-03-26"},
    )

    copied = ExtraQuestion.objects.exclude(intake=edition.intake).get()
    assert (copied.label, copied.options, copied.is_asked) == (plain.label, plain.options, True)
    assert len(stored()[0]) == 1


# --- What staff do ---

QUESTIONS = "/admin/registration/extraquestion/"
TYPED = {
    "label_en": "Sample question",
    "label_km": "សំណួរគំរូ",
    "kind": "choice",
    "options_en": "Sample yes\nSample no\n",
    "options_km": "គំរូ ក\nគំរូ ខ",
    "page": "2",
    "position": "0",
    "is_asked": "on",
}


def typed(edition, **changes):
    data = TYPED | {"intake": edition.intake.pk} | changes
    return {name: value for name, value in data.items() if value is not None}


def test_staff_add_a_question_and_it_is_asked_at_once(client, edition):
    chief_of(client).post(f"{QUESTIONS}add/", typed(edition))

    question = ExtraQuestion.objects.get()
    assert question.offered() == [("1", "Sample yes"), ("2", "Sample no")]
    assert choosable(edition).questions == [question]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"label_km": ""}, "It is asked in both languages."),
        ({"label_en": ""}, "It is asked in both languages."),
        ({"help_en": "Sample help"}, "Write the help in both languages, or in none."),
        ({"options_km": "គំរូ ក\nគំរូ ខ\nគំរូ គ"}, "There are 2 options in English and 3 in Khmer."),
        ({"options_km": "", "options_en": ""}, "Write at least 2 options."),
        ({"options_en": "Sample yes\nSample yes"}, "The same option stands here twice."),
        ({"kind": "text"}, "A short text has no options."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client, edition, changes, said):
    response = chief_of(client).post(f"{QUESTIONS}add/", typed(edition, **changes))

    assert said in read(response)
    assert not ExtraQuestion.objects.exists()
    kept = (TYPED | changes)["label_en"] or (TYPED | changes)["label_km"]
    assert kept in html(response)


def test_form_does_not_grow_without_end(client, edition):
    for _number in range(MOST_ASKED):
        make_question(edition)

    page = read(chief_of(client).post(f"{QUESTIONS}add/", typed(edition)))

    assert "The form asks 12 questions of our own already." in page
    assert ExtraQuestion.objects.count() == MOST_ASKED
    chief_of(client).post(f"{QUESTIONS}add/", typed(edition, is_asked=None))
    assert ExtraQuestion.objects.count() == MOST_ASKED + 1


def test_half_a_question_is_kept_until_it_is_whole(client, edition):
    chief_of(client).post(f"{QUESTIONS}add/", typed(edition, label_km="", options_km="", is_asked=None))

    assert ExtraQuestion.objects.get().is_asked is False
    assert choosable(edition).questions == []


def test_no_road_leads_to_a_question_that_is_asked_in_one_language(edition):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_question(edition, label_km="")


def test_options_change_and_an_answer_stays_readable(client, edition, plain):
    by_the_public_form(edition, **{plain.code: ["1", "2"]})
    changed = {"options_en": "Sample azure\nSample green", "options_km": "Sample blue\nSample green"}

    chief_of(client).post(f"{QUESTIONS}{plain.pk}/change/", typed(edition, kind=None, page="3", **changed))

    plain.refresh_from_db()
    assert plain.in_words({plain.key: ["1", "2"]}) == "Sample red, Sample azure"
    assert plain.offered() == [("2", "Sample azure"), ("3", "Sample green")]
    assert plain.offered(["1"])[-1] == ("1", "Sample red")  # on the own page of the person who chose it


def test_option_that_no_answer_has_goes_without_a_trace(client, edition, plain):
    chief_of(client).post(
        f"{QUESTIONS}{plain.pk}/change/", typed(edition, options_en="Sample new\nSample two", options_km="ក\nខ")
    )

    plain.refresh_from_db()
    assert [one["en"] for one in plain.options] == ["Sample new", "Sample two"]


def test_code_of_an_option_is_never_given_to_another():
    first = options_of_lines([], ["a", "b"], ["ក", "ខ"])
    second = options_of_lines(first, ["b"], ["ខ"])
    third = options_of_lines(second, ["b", "c", "a"], ["ខ", "គ", "ក"])

    assert [(one["code"], one["en"], one["is_gone"]) for one in second] == [("2", "b", False), ("1", "a", True)]
    assert [(one["code"], one["en"], one["is_gone"]) for one in third] == [
        ("2", "b", False),
        ("3", "c", False),
        ("1", "a", False),
    ]


@pytest.mark.parametrize("is_sensitive", [False, True])
def test_question_with_an_answer_is_not_deleted_and_keeps_its_kind(client, edition, is_sensitive):
    question = make_question(edition, is_sensitive=is_sensitive)
    by_the_public_form(edition, **{question.code: CANARY})
    chief, address = chief_of(client), f"{QUESTIONS}{question.pk}/"

    said = read(chief.post(f"{address}delete/", {"post": "yes"}))
    changed = typed(edition, page="3", is_sensitive=None if is_sensitive else "on", is_asked=None)
    chief.post(f"{address}change/", changed | {"options_en": "", "options_km": ""})

    assert "People have answered it already: untick “asked” instead" in said
    question.refresh_from_db()
    assert (question.kind, question.is_sensitive, question.is_asked) == ("text", is_sensitive, False)
    assert CANARY in json.dumps(stored())


def test_question_without_an_answer_is_deleted(client, edition, plain):
    chief_of(client).post(f"{QUESTIONS}{plain.pk}/delete/", {"post": "yes"})

    assert not ExtraQuestion.objects.exists()


def test_questions_are_for_those_who_may_change_them(client, edition, plain):
    desk = member_of("Registration desk", client)
    assert desk.get(QUESTIONS).status_code == 403

    right = Permission.objects.get(codename="view_extraquestion")
    right.user_set.add(desk.session["_auth_user_id"])

    assert "Sample red, Sample blue" in read(desk.get(f"{QUESTIONS}{plain.pk}/change/"))
    assert desk.post(f"{QUESTIONS}{plain.pk}/change/", typed(edition)).status_code == 403


def test_visitors_read_what_is_asked_besides_and_who_sees_it(client, edition):
    privacy, form = f"/en/{edition.year}/privacy/", f"{REGISTER}?page=1"
    who = "Where it stands beside a question: only the people who arrange access"
    assert who not in read(client.get(form))
    make_question(edition, label_en="Sample asked?")

    page = read(client.get(privacy))

    assert ("Sample asked?" in page, who in page) == (True, True)
    assert who in read(client.get(form))


def test_closed_edition_asks_no_visitor(client, edition):
    make_question(edition, page=1, label_en="Sample closed?")
    Intake.objects.update(
        closes_at=timezone.now() - timedelta(days=400), opens_at=timezone.now() - timedelta(days=800)
    )

    assert "Sample closed?" not in read(client.get(REGISTER))


def test_guardian_of_a_child_answers_none(edition):
    make_question(edition, page=1, is_required=True)
    child = form_data(edition, adult="no", guardian_name="Sample Parent", guardian_phone="012 000 003")

    assert send_pages(Client(), REGISTER, child, until=1).url.endswith("/guardian/")


def test_province_is_no_reason_to_lose_an_answer(edition, plain):
    """The page comes back with an error: what was ticked is still there."""
    page = by_the_public_form(edition, province=Province.KEP, **{plain.code: ["2"]})

    assert "Say whether you need ODC to pay" in read(page)
    box = next(tag for tag in html(page).split("<input") if f'name="{plain.code}" value="2"' in tag)
    assert "checked" in box


# --- At the desk, by an invitation, and from a list ---


@pytest.fixture
def today(edition):
    """The first day, on which the desk registers people who walk in."""
    edition.starts_on = timezone.localdate()
    edition.save()
    day = edition.days.order_by("date")[0]
    day.date = timezone.localdate()
    day.save()
    publish(edition, by=None)
    return day


def walk_in(client, edition, day, **answers):
    typed = {
        **{"form_token": "6f1f9a0c-64e0-4d0a-9f0e-0d7c7f2b8a51", "name_latin": "KUMROU New", "phone": "012 000 077"},
        **{"phone_owner": "own", "adult": "on", "data_use": "on", "photos": "yes", "sector": "another"},
        **{"part": "participant", "province": "12", "days": [day.pk], "language": "km"},
    }
    return client.post(f"/admin/desk/{edition.year}/1/walk-in/", typed | answers)


def test_desk_asks_who_walks_in_but_nothing_sensitive(client, edition, today, plain, sensitive):
    page = chief_of(client).get(f"/admin/desk/{edition.year}/1/walk-in/")
    assert plain.code in html(page)
    assert sensitive.code not in html(page)

    walk_in(client, edition, today, **{plain.code: ["2"], sensitive.code: CANARY})

    assert stored() == ([{plain.key: ["2"]}], [])


def test_desk_asks_for_an_answer_that_must_be_given(client, edition, today):
    question = make_question(edition, is_required=True)

    assert "Write an answer." in read(walk_in(chief_of(client), edition, today))
    assert not Registration.objects.exists()
    walk_in(client, edition, today, **{question.code: CANARY})
    assert stored()[0] == [{question.key: [CANARY]}]


def test_guest_answers_both_kinds_and_silence_takes_nothing_back(client, edition, plain, sensitive):
    until = timezone.now() + timedelta(hours=1)
    guest = make_registration(edition)
    Registration.objects.update(status=Status.OFFERED, offered_until=until)
    Invitation.objects.create(registration=guest)
    ExtraAnswers.objects.create(registration=guest, answers={"999": ["kept"], plain.key: ["2"]})
    days = [str(day.pk) for day in edition.days.all()]
    said = {"days": days, "data_use": "on", "photos": "yes", "needs_anything": "no", "yes": "1"}
    page = html(client.get(invitation_address(guest)))
    assert plain.code in page
    assert sensitive.code in page

    client.post(invitation_address(guest), said | {sensitive.code: CANARY})

    assert stored() == ([{"999": ["kept"], plain.key: ["2"]}], [{sensitive.key: [CANARY]}])


LISTED = "Name\tPhone\tSample colours?\tSample secret?\nKUMROU Muoy\t012 300 001\tSample red; green\t" + CANARY


@pytest.mark.parametrize("is_officer", [True, False])
def test_list_brings_answers_and_sensitive_ones_by_their_officers_alone(client, edition, plain, sensitive, is_officer):
    rights = ["view_bringingin", "add_bringingin", "add_registration", "change_inclusionanswers"]
    user = get_user_model().objects.create_user("colleague", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=rights[: None if is_officer else -1]))
    client.force_login(user)

    address = client.post("/admin/registration/bringingin/add/", {"edition": edition.pk, "text": LISTED})["Location"]
    page = read(client.get(address))
    days = [day.date.isoformat() for day in edition.days.all()]
    said = {"days": days, "language": "km", "agreed": "on", "agreed_on": "2024-02-01", "agreed_how": "by form"}
    client.post(address, said | {"is_told": "no", "row": ["0-2"], "apply": ""}, follow=True)

    assert CANARY not in page
    assert "Sample colours? “green” is not among our answers: it stays unanswered." in page
    assert stored() == ([{plain.key: ["1"]}], [{sensitive.key: [CANARY]}] if is_officer else [])


def test_staff_say_which_question_a_column_answers(client, edition):
    question = make_question(edition, kind=QuestionKind.CHOICE, options=["Sample red", "Sample, blue"])
    text = "Name\tPhone\tT-shirt\nKUMROU Muoy\t012 300 001\tSample, blue"
    address = chief_of(client).post("/admin/registration/bringingin/add/", {"edition": edition.pk, "text": text})
    days = [day.date.isoformat() for day in edition.days.all()]
    said = {"days": days, "language": "km", "agreed": "on", "agreed_on": "2024-02-01", "agreed_how": "by form"}
    said |= {"is_told": "no", "row": ["0-2"], "apply": "", "column-0-2": question.code}

    client.post(address["Location"], said, follow=True)

    assert stored()[0] == [{question.key: ["2"]}]
