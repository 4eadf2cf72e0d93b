"""The figures are counted rightly, all readers see the same ones, and only staff who see the rows see true numbers."""

from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from itertools import count

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group as StaffGroup
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.utils import timezone
from django.utils.translation import gettext, override
from openpyxl import load_workbook

from registration.choices import Gender, Look, Paid, Province, Status
from registration.encryption.columns import EncryptedTextField
from registration.figures.charts import TILES
from registration.figures.gather import gather
from registration.figures.growth import Growth, growth_to_pass_on, true_growth
from registration.figures.measures import Measure, questions_of
from registration.figures.snapshots import take_snapshots
from registration.figures.tables import Cell, tables_for_staff, tables_to_pass_on
from registration.models import (
    AccessLog,
    Attendance,
    FiguresColumn,
    InclusionAnswers,
    Intake,
    Registration,
    TravelDecision,
)
from registration.retention import erasing
from registration.signing_up import transitions
from registration.staff import make_groups
from tests.factories import make_registration
from tests.pages import read

PAGE = "/admin/registration/registration/figures/"
FILE = "/admin/registration/registration/figures.xlsx"
TO_PASS_ON = {"numbers": "to_pass_on"}


# --- counting ---


def register(edition, number, *, travel=None, province=Province.BATTAMBANG, **inclusion):
    """As many people who answer alike."""
    return [
        make_registration(edition, inclusion=inclusion, travel=travel, province=province) for _person in range(number)
    ]


def attend(day, people):
    Attendance.objects.bulk_create(Attendance(registration=person, day=day) for person in people)


def decide(person, *answers):
    parts = dict(zip(("accommodation", "transport", "daily"), answers, strict=True))
    TravelDecision.objects.create(travel_request=person.travel_request, decided_at=timezone.now(), **parts)


def numbers(tables, code):
    """The words of each cell, by row."""
    table = next(table for table in tables if table.code == code)
    rows = {str(label): [cell.words for cell in cells] for label, cells in table.rows}
    return rows | {"all": [cell.words for cell in table.totals]}


def columns_of(counts, code, answer):
    return [counts.by_answer[code, measure, answer] for measure in Measure]


def test_everybody_is_counted_where_they_belong(edition):
    first, second = edition.days.all()
    women = register(edition, 3, gender=Gender.WOMAN, groups=["disability", "lgbtqi"], travel={"nights": []})
    register(edition, 2, age_band="18-30", groups=["none"])
    gone, waiting = register(edition, 2, travel={"nights": []})
    Registration.objects.filter(pk=gone.pk).update(status=Status.CANCELLED, place_no=None)
    Registration.objects.filter(pk=waiting.pk).update(status=Status.RECEIVED, place_no=None)
    Attendance.objects.create(registration=women[0], day=first)
    Attendance.objects.create(registration=women[0], day=second)
    Attendance.objects.create(registration=women[1], day=second)
    decide(women[0], Paid.NO, Paid.PART, Paid.NO)
    decide(women[1], Paid.NO, Paid.NO, Paid.NO)

    counts = gather(edition)

    assert [counts.people[measure] for measure in Measure] == [6, 5, 2, 3, 2, 1]
    assert columns_of(counts, "gender", "woman") == [3, 3, 2, 3, 2, 1]
    assert columns_of(counts, "gender", "") == [3, 2, 0, 0, 0, 0]
    assert columns_of(counts, "age", "18-30") == [2, 2, 0, 0, 0, 0]
    assert columns_of(counts, "groups", "disability") == columns_of(counts, "groups", "lgbtqi") == [3, 3, 2, 3, 2, 1]
    assert columns_of(counts, "groups", "none") == [2, 2, 0, 0, 0, 0]
    assert columns_of(counts, "groups", "") == [1, 0, 0, 0, 0, 0]
    assert columns_of(counts, "province", Province.BATTAMBANG) == [6, 5, 2, 3, 2, 1]
    assert columns_of(counts, "day", str(first.pk))[:3] == [6, 5, 1]
    assert columns_of(counts, "day", str(second.pk))[:3] == [6, 5, 2]


@pytest.mark.parametrize(
    ("answers", "attends", "counted"),
    [
        (None, True, ["asked"]),  # asked and came: that ODC paid is not known
        (("yes", "yes", ""), True, ["asked"]),  # one part is open yet
        (("no", "no", "no"), True, ["asked", "decided"]),
        (("no", "yes", "no"), False, ["asked", "decided"]),
        (("no", "part", "no"), True, ["asked", "decided", "travelled"]),
    ],
)
def test_asked_decided_and_travelled_are_three_things(edition, answers, attends, counted):
    [person] = register(edition, 1, travel={"nights": []})
    if answers:
        decide(person, *answers)
    if attends:
        attend(edition.days.first(), [person])

    people = gather(edition).people

    assert [measure for measure in ("asked", "decided", "travelled") if people[measure]] == counted


def test_person_without_answers_or_with_a_strange_one_has_not_answered(edition):
    people = register(edition, 5)
    InclusionAnswers.objects.filter(registration=people[0]).delete()
    InclusionAnswers.objects.filter(registration=people[1]).update(gender="earlier wording", groups=["earlier"])

    counts = gather(edition)

    assert columns_of(counts, "gender", "") == columns_of(counts, "groups", "") == [5, 5, 0, 0, 0, 0]


def sign_up_on(edition, *days):
    """Each of the first registrations on one of the days of March 2024, late in the evening in Cambodia."""
    for person, day in zip(edition.registrations.order_by("pk"), days, strict=False):
        at = datetime(2024, 3, day, 16, 30, tzinfo=UTC)
        Registration.objects.filter(pk=person.pk).update(created_at=at)


def test_growth_counts_all_who_had_signed_up_by_the_end_of_a_day(edition):
    register(edition, 4)
    sign_up_on(edition, 1, 1, 4, 9)
    gone = edition.registrations.order_by("pk").last()
    Registration.objects.filter(pk=gone.pk).update(status=Status.CANCELLED, place_no=None)

    growth = true_growth(edition, gather(edition))

    assert [(day.day, cell.number) for day, cell in growth.days] == [(1, 2), (4, 3)]
    assert growth.goal == 75


def test_rows_of_a_long_growth_are_few_and_end_with_the_last_day(edition):
    days = tuple((date(2024, 1, 1) + timedelta(days=at), Cell(at, at)) for at in range(91))

    rows = Growth(days, None).rows

    assert len(rows) <= 30
    assert rows[-1] == days[-1]


@pytest.mark.parametrize("people", [1, 20])
def test_figures_take_the_same_queries_for_few_and_many(edition, people, django_assert_num_queries):
    register(edition, people, gender=Gender.WOMAN)
    questions = questions_of(edition)
    take_snapshots(edition, questions)

    with django_assert_num_queries(6):  # one of them reads the edition's own questions
        take_snapshots(edition, questions)
    with django_assert_num_queries(1):
        tables_to_pass_on(edition, questions)


def test_sensitive_answers_are_opened_only_where_their_numbers_are_shown_or_due(edition, monkeypatch):
    register(edition, 10, gender=Gender.WOMAN)
    questions = questions_of(edition)
    opened = []
    really = EncryptedTextField.from_db_value
    monkeypatch.setattr(
        EncryptedTextField, "from_db_value", lambda self, *given: [opened.append(self), really(self, *given)][1]
    )

    take_snapshots(edition, questions)
    assert opened  # the first columns are due

    opened.clear()
    counts = take_snapshots(edition, questions)
    assert not opened
    assert columns_of(counts, "gender", "woman") == [0] * len(Measure)

    counts = take_snapshots(edition, questions, opened={"gender"})
    assert columns_of(counts, "gender", "woman")[0] == 10

    opened.clear()
    register(edition, 10, gender=Gender.MAN)
    counts = take_snapshots(edition, questions)
    assert columns_of(counts, "gender", "man")[0] == 10


# --- what may be passed on ---


def look(edition):
    questions = questions_of(edition)
    take_snapshots(edition, questions)
    return tables_to_pass_on(edition, questions)


@pytest.fixture
def crowd(edition):
    register(edition, 6, gender=Gender.WOMAN, groups=["disability"])
    register(edition, 7, gender=Gender.MAN, groups=["none"])
    register(edition, 2, gender=Gender.ANOTHER, groups=["lgbtqi"], province=Province.KEP)
    return edition


def test_numbers_are_ranges(crowd):
    tables = look(crowd)

    assert numbers(tables, "all") == {"all": ["15–19", "15–19", "0", "0", "0", "0"]}
    assert numbers(tables, "gender") == {
        "Woman": ["5–9", "5–9", "0"],
        "Man": ["5–9", "5–9", "0"],
        "Non-binary or another gender": ["fewer than 5", "fewer than 5", "0"],
        "I describe myself in my own words": ["fewer than 5", "fewer than 5", "0"],
        "Prefer not to say": ["fewer than 5", "fewer than 5", "0"],
        "all": ["15–19", "15–19", "0"],
    }
    assert numbers(tables, "province") == {
        "Battambang": ["10–14", "10–14", "0"],
        "Each of the others": ["fewer than 5", "fewer than 5", "0"],
        "all": ["15–19", "15–19", "0"],
    }


def test_before_ten_people_nothing_is_shown(edition):
    register(edition, 9)
    assert numbers(look(edition), "all")["all"][:3] == ["not shown", "not shown", "0"]


def test_columns_that_differ_by_few_do_not_stand_beside_each_other(crowd):
    Registration.objects.filter(pk=Registration.objects.first().pk).update(status=Status.RECEIVED, place_no=None)

    tables = look(crowd)
    assert numbers(tables, "gender")["Woman"] == ["5–9", "not shown", "0"]
    assert numbers(tables, "gender")["all"] == ["15–19", "not shown", "0"]


def one_more(edition):
    register(edition, 1, gender=Gender.ANOTHER, groups=["lgbtqi"], province=Province.KEP)


def one_less(edition):
    transitions.cancel(Registration.objects.filter(status=Status.CONFIRMED).first())


def one_is_there(edition):
    attend(edition.days.first(), [Registration.objects.filter(attendance=None).first()])


def one_answers_otherwise(edition):
    answers = InclusionAnswers.objects.first()
    answers.gender, answers.groups = Gender.ANOTHER, ["indigenous"]
    answers.save()


@pytest.mark.parametrize("change", [one_more, one_less, one_is_there, one_answers_otherwise])
def test_two_looks_with_one_person_between_see_the_same(crowd, change):
    first = look(crowd)

    for _time in range(3):
        change(crowd)
        assert look(crowd) == first


@pytest.mark.parametrize("change", [one_more, one_less])
def test_growth_to_pass_on_is_a_snapshot_in_steps_of_five(crowd, change):
    sign_up_on(crowd, *[1] * 4, *[2] * 3, *[5] * 8)
    look(crowd)
    first = growth_to_pass_on(crowd)
    last = timezone.localdate().day
    assert [(day.day, cell.words) for day, cell in first.days] == [
        (1, "fewer than 5"),
        (2, "5–9"),
        (5, "15–19"),
        (last, "15–19"),
    ]

    change(crowd)
    look(crowd)

    assert growth_to_pass_on(crowd) == first


def test_growth_of_few_people_is_not_passed_on(edition):
    register(edition, 9)
    look(edition)
    assert growth_to_pass_on(edition).days == ()


def test_figures_are_taken_anew_when_ten_have_come(crowd):
    look(crowd)
    register(crowd, 9, gender=Gender.WOMAN)
    assert numbers(look(crowd), "gender")["Woman"][0] == "5–9"

    register(crowd, 1, gender=Gender.MAN)

    assert numbers(look(crowd), "gender")["Woman"][0] == "15–19"
    assert numbers(look(crowd), "gender")["Man"][0] == "5–9"


def test_only_the_columns_with_ten_more_are_taken_anew(crowd):
    look(crowd)
    one_more(crowd)
    attend(crowd.days.first(), Registration.objects.all()[:10])

    tables = look(crowd)

    assert numbers(tables, "all")["all"][:3] == ["15–19", "15–19", "10–14"]
    assert {cells[0] for cells in numbers(tables, "province").values()} == {"10–14", "15–19", "fewer than 5"}
    taken = {column.measure: column.people for column in FiguresColumn.objects.filter(question="all")}
    assert taken == {"registered": 15, "confirmed": 15, "attended": 10, "asked": 0, "decided": 0, "travelled": 0}


def test_newcomers_who_all_answer_alike_are_not_told(crowd):
    """Eleven more women, and the range goes up by fifteen: all of them would be known to be women."""
    register(crowd, 3, gender=Gender.WOMAN)  # 9
    look(crowd)
    known = numbers(look(crowd), "gender")

    register(crowd, 11, gender=Gender.WOMAN)  # 20

    assert numbers(look(crowd), "gender") == known


def test_a_second_reader_at_the_same_moment_sees_what_the_first_one_took(crowd, monkeypatch):
    """The second one counted before, and comes to keep it after."""
    from registration.figures import snapshots

    real, calls = snapshots.place_lock, count()

    def another_was_quicker(pk):
        if next(calls) == 0:
            one_more(crowd)
            look(crowd)
        return real(pk)

    monkeypatch.setattr(snapshots, "place_lock", another_was_quicker)
    look(crowd)

    assert set(FiguresColumn.objects.filter(measure="registered").values_list("people", flat=True)) == {16}


def test_the_daily_helper_takes_figures(crowd):
    call_command("tend_registration")

    # One for each table, and one for the line of those who had signed up day by day.
    assert FiguresColumn.objects.filter(measure="registered", people=15).count() == 8


def test_figures_stay_when_answers_are_erased(crowd):
    asked = register(crowd, 12, travel={"nights": []})
    before = look(crowd)
    staff_before = tables_for_staff(crowd, questions_of(crowd), gather(crowd), with_travel=False)
    today = timezone.localdate()
    Intake.objects.update(erase_sensitive_on=today)
    erasing.erase(crowd, today)
    attend(crowd.days.first(), asked)

    assert look(crowd) == before
    assert numbers(before, "all")["all"][3] == "10–14"
    assert numbers(staff_before, "all")["all"] == ["27", "27", "0", "10–14", "0", "0"]


def test_figures_of_an_edition_without_intake_are_not_taken(crowd):
    Intake.objects.all().delete()

    assert numbers(look(crowd), "all")["all"] == ["not shown"] * 6


# --- the page and the file ---


def member_with(client, *codenames):
    content_type = ContentType.objects.get_for_model(Registration)
    user = get_user_model().objects.create_user("member", password="a long password", is_staff=True)
    for codename in codenames:
        user.user_permissions.add(Permission.objects.get_or_create(codename=codename, content_type=content_type)[0])
    client.force_login(user)
    return client


def test_observer_sees_figures_and_no_person(client, crowd):
    observer = member_with(client, "view_figures")

    text = read(observer.get(PAGE))

    assert "Target: at least 75 participants" in text
    assert "Registered taken on" in text
    assert "15–19" in text
    assert "fewer than 5" in text
    assert "not to be passed on" not in text
    for secret in ("Sakalbang", "គំរូ", "012 000 001", "+85512000001", Registration.objects.first().spoken_code):
        assert secret not in text
    assert observer.get("/admin/registration/registration/").status_code == 403


@pytest.mark.parametrize(
    ("rights", "query", "sees_true"),
    [
        (["view_figures"], {}, False),
        (["view_figures", "view_registration"], {}, True),
        (["view_figures", "view_registration"], TO_PASS_ON, False),
        (["view_figures", "view_inclusionanswers"], {}, False),
    ],
)
def test_staff_who_see_the_rows_see_true_numbers_of_them(client, crowd, rights, query, sees_true):
    one_more(crowd)
    reader = member_with(client, *rights)

    text = read(reader.get(PAGE, query))
    sheet = load_workbook(BytesIO(reader.get(FILE, query).content)).worksheets[1]

    rows = {str(row[0].value): [cell.value for cell in row[1:]] for row in sheet.iter_rows() if row[0].value}
    kep = ["3", "3", "0", "0", "0", "0"]
    assert ("not to be passed on" in text) == sees_true
    assert (" ".join(["Kep", *kep]) in text) == sees_true
    assert (rows.get("Kep") == [int(number) for number in kep]) == sees_true
    assert ("True numbers of this moment, for staff who see the rows: not to be passed on." in rows) == sees_true
    # Sensitive answers: the same for all.
    assert "Non-binary or another gender fewer than 5 fewer than 5" in text
    assert rows["Non-binary or another gender"][:2] == ["fewer than 5", "fewer than 5"]


@pytest.mark.parametrize(
    ("rights", "query", "sees_true"),
    [
        (["view_registration"], {}, False),
        (["view_inclusionanswers"], {}, False),
        (["view_registration", "view_inclusionanswers"], {}, False),
        (["view_registration", "view_inclusionanswers"], {"numbers": "gender"}, True),
        (["view_registration", "view_inclusionanswers"], TO_PASS_ON, False),
    ],
)
def test_true_numbers_of_sensitive_answers_are_on_the_page_of_their_officers_alone(
    client, crowd, rights, query, sees_true
):
    officer = member_with(client, "view_figures", *rights)

    text = read(officer.get(PAGE, query))
    looks = [(line.look, line.subject, line.columns) for line in AccessLog.objects.all()]
    sheet = load_workbook(BytesIO(officer.get(FILE, {} if sees_true else query).content)).worksheets[1]

    rows = {str(row[0].value): row[1].value for row in sheet.iter_rows()}
    assert ("Non-binary or another gender 2 2 0" in text) == sees_true
    assert looks == ([(Look.VIEW, "figures 2024", "gender")] if sees_true else [])
    assert rows["Non-binary or another gender"] == "fewer than 5"


@pytest.mark.parametrize("rights", [["view_registration"], ["view_inclusionanswers"]])
def test_true_numbers_of_sensitive_answers_open_to_their_officers_alone(client, crowd, rights):
    reader = member_with(client, "view_figures", *rights)

    assert reader.get(PAGE, {"numbers": "gender"}).status_code == 404
    assert "numbers=gender" not in reader.get(PAGE).content.decode()
    assert reader.get(FILE, {"numbers": "gender"}).status_code == 404


def test_true_numbers_of_sensitive_answers_end_with_the_answers(client, crowd):
    look(crowd)
    Intake.objects.update(erase_sensitive_on=timezone.localdate())
    erasing.erase(crowd, timezone.localdate())

    officer = member_with(client, "view_figures", "view_registration", "view_inclusionanswers")
    text = read(officer.get(PAGE, {"numbers": "gender"}))

    assert "Non-binary or another gender fewer than 5" in text
    assert not AccessLog.objects.exists()


def test_charts_say_in_words_what_they_show(client, crowd):
    page = member_with(client, "view_figures").get(PAGE).content.decode()

    assert 'aria-label="Province (Registered): Battambang 10–14, Each of the others fewer than 5"' in page
    assert "15–19, Target: at least 75 participants" in page
    assert page.count('class="chart"') == 2


def test_map_has_a_tile_for_every_province():
    assert sorted(TILES) == sorted(Province.values)
    assert len(set(TILES.values())) == len(TILES)


def test_edition_without_people_has_no_charts(staff_client, edition):
    response = staff_client.get(PAGE)

    assert response.status_code == 200
    assert 'class="chart"' not in response.content.decode()


def test_all_readers_see_the_same(client, crowd):
    observer = member_with(client, "view_figures")
    first = read(observer.get(PAGE)).partition("All together")[2]
    one_more(crowd)
    one_is_there(crowd)

    assert read(observer.get(PAGE)).partition("All together")[2] == first
    get_user_model().objects.update(is_superuser=True)
    assert read(observer.get(PAGE, TO_PASS_ON)).partition("All together")[2] == first


def test_figures_need_their_permission(client, crowd):
    make_groups()
    desk = member_with(client, "view_registration", "export_registration")
    get_user_model().objects.get().groups.add(StaffGroup.objects.get(name__startswith="Registration desk"))

    assert [desk.get(address).status_code for address in (PAGE, FILE)] == [403, 403]
    client.logout()
    assert [client.get(address).status_code for address in (PAGE, FILE)] == [302, 302]
    assert not AccessLog.objects.exists()


def test_page_is_kept_nowhere_and_draws_without_inline_styles(staff_client, crowd):
    response = staff_client.get(PAGE)

    assert "no-store" in response["Cache-Control"]
    content = response.content.decode().partition('class="figures"')[2]
    assert "style=" not in content
    assert '<rect width="20" height="8" />' in content  # 15 of 75


def test_page_speaks_khmer_with_khmer_digits(staff_client, crowd):
    staff_client.cookies["language"] = "km"

    text = read(staff_client.get(PAGE))

    assert "៧៥" in text
    assert "ស្ត្រី" in text


@pytest.mark.parametrize(("numbers", "status"), [("", 200), ("to_pass_on", 200), ("true", 404)])
def test_other_numbers_there_are_not(staff_client, crowd, numbers, status):
    for address in (PAGE, FILE):
        assert staff_client.get(address, {"numbers": numbers}).status_code == status


@pytest.mark.parametrize(("asked", "status"), [("2024", 200), ("", 200), ("1999", 404), ("x", 404), ("9" * 5000, 404)])
def test_edition_is_chosen_by_its_year(staff_client, crowd, asked, status):
    for address in (PAGE, FILE):
        assert staff_client.get(address, {"edition": asked}).status_code == status


def test_without_any_edition_there_is_no_page(staff_client):
    assert staff_client.get(PAGE).status_code == 404


@pytest.mark.parametrize("language", ["en", "km"])
def test_file_says_what_it_is_and_opens_in_excel(staff_client, crowd, language):
    staff_client.cookies["language"] = language

    response = staff_client.get(FILE)

    with override(language):
        gender, few = Gender.WOMAN.label, gettext("fewer than 5")
    about, tables = load_workbook(BytesIO(response.content)).worksheets
    notes = [cell.value for cell in about["A"]]
    rows = [[cell.value for cell in row] for row in tables.iter_rows()]
    assert 'filename="figures-2024.xlsx"' in response["Content-Disposition"]
    assert any("75" in note or "៧៥" in note for note in notes)
    assert len(notes) > 9
    assert rows[1][1:] == [15, 15, 0, 0, 0, 0]
    assert any(row[0] == gender and row[3] == 0 for row in rows)
    assert any(few in row for row in rows)


def test_file_leaves_a_line_in_the_log(staff_client, crowd):
    staff_client.get(FILE)

    line = AccessLog.objects.get()
    assert (line.user.username, line.look, line.subject) == ("chief", Look.EXPORT, "figures-2024.xlsx")
    assert line.columns == "gender, age, groups, province, sector, day"
