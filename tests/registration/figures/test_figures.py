"""The figures for the funder are counted rightly, and no participant can be found in them."""

from io import BytesIO
from itertools import product

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group as StaffGroup
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import override
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from registration.choices import Gender, Look, Province, Status
from registration.figures.gather import gather, may_be_shown
from registration.figures.suppression import SMALLEST, WITHIN, Cell, Mark, Measure, Row, Table, suppress
from registration.models import AccessLog, Attendance, InclusionAnswers, Registration
from registration.staff import make_groups
from tests.factories import make_registration
from tests.pages import read

PAGE = "/admin/registration/registration/figures/"
FILE = "/admin/registration/registration/figures.xlsx"
REGISTERED, CONFIRMED, ATTENDED, TRAVELLED = Measure


# --- tables out of people, and a reader who tries to work them out ---


def make_table(people, *, alone, is_sensitive):
    """`people` holds one pair for each person: the rows the person is in, the measures the person counts for."""
    rows = tuple(
        Row(
            str(row),
            tuple(Cell(sum(row in rows and m in measures for rows, measures in people)) for m in Measure),
            own,
        )
        for row, own in enumerate(alone)
    )
    totals = tuple(Cell(sum(m in measures for _rows, measures in people)) for m in Measure)
    return Table("sample", "Sample", rows, totals, is_sensitive)


def one_column(*counts, is_sensitive=True):
    people = [({row}, {REGISTERED}) for row, count in enumerate(counts) for _person in range(count)]
    return make_table(people, alone=[True] * len(counts), is_sensitive=is_sensitive)


def shown(table, measure=REGISTERED):
    """3 for a number, "<" for fewer than five, "-" for what is not shown."""
    place = list(Measure).index(measure)
    letters = {Mark.SMALL: "<", Mark.HIDDEN: "-"}
    cells = [row.cells[place] for row in suppress(table).rows]
    return [cell.count if cell.count is not None else letters[cell.mark] for cell in cells]


def columns_that_look_so(table, place):
    """Every column, its total with it, that gives what the reader sees."""
    cells = [row.cells[place] for row in table.rows]
    total, own = table.totals[place], [row.is_alone for row in table.rows]
    nothing_shown = all(cell.mark == Mark.HIDDEN for cell in cells)
    least_small = 0 if table.is_sensitive or total.count is None else 1
    for whole in range(1, SMALLEST) if total.count is None else [total.count]:
        ranges = {
            Mark.SMALL: range(least_small, min(SMALLEST, whole + 1)),
            Mark.HIDDEN: range(0 if nothing_shown else SMALLEST, whole + 1),
        }
        for column in product(*(ranges.get(cell.mark, [cell.count]) for cell in cells)):
            rest = whole - sum(count for count, alone in zip(column, own, strict=True) if alone)
            shared = [count for count, alone in zip(column, own, strict=True) if not alone]
            if max(shared, default=0) <= rest <= sum(shared):
                yield column


def what_it_may_be(true, table):
    """For every hidden cell, all its values in the tables that look so and in which the measures lie within."""
    candidates = {m: list(columns_that_look_so(table, place)) for place, m in enumerate(Measure)}
    count = {m: [row.cells[place].count for row in true.rows] for place, m in enumerate(Measure)}
    pairs = [pair for pair in WITHIN if fits(count[pair[0]], count[pair[1]])]
    if (ATTENDED, CONFIRMED) in pairs:  # then it lies within the registered as well: the pairs make no circle
        pairs.remove((ATTENDED, REGISTERED))
    if (TRAVELLED, CONFIRMED) in pairs:
        pairs.remove((TRAVELLED, REGISTERED))
    for inner, outer in [*pairs[::-1], *pairs]:
        candidates[outer] = [o for o in candidates[outer] if any(fits(i, o) for i in candidates[inner])]
        candidates[inner] = [i for i in candidates[inner] if any(fits(i, o) for o in candidates[outer])]
    for place, measure in enumerate(Measure):
        for number, row in enumerate(table.rows):
            if row.cells[place].mark != Mark.SHOWN:
                yield (measure, number), {column[number] for column in candidates[measure]}


def fits(inner, outer):
    return all(a <= b for a, b in zip(inner, outer, strict=True))


measures_of_a_person = st.sampled_from(
    [
        {REGISTERED},
        {REGISTERED, CONFIRMED},
        {REGISTERED, CONFIRMED, ATTENDED},
        {REGISTERED, CONFIRMED, TRAVELLED},
        set(Measure),
        {REGISTERED, ATTENDED},
        {ATTENDED},
    ]
)


@st.composite
def crowds(draw, most=18):
    """People bunch: a group of up to nine is in the same row and counts for the same."""
    bunches = draw(st.lists(st.tuples(st.integers(0, 2), measures_of_a_person, st.integers(1, 9)), max_size=6))
    return [({row}, measures) for row, measures, size in bunches for _person in range(size)][:most]


solving = settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


@solving
@given(people=crowds(), is_sensitive=st.booleans())
@example([({0}, {REGISTERED})] * 4 + [({1}, {REGISTERED})] * 12, True)
@example([({row}, set(Measure)) for row in (0, 0, 0, 0, 0, 0, 0, 1, 2)], False)
def test_nothing_hidden_can_be_worked_out(people, is_sensitive):
    table = make_table(people, alone=[True] * 3, is_sensitive=is_sensitive)

    for cell, values in what_it_may_be(table, suppress(table)):
        assert len(values) > 1, cell


@solving
@given(people=crowds(most=14), also=st.lists(st.booleans(), min_size=14, max_size=14), is_sensitive=st.booleans())
def test_nothing_hidden_can_be_worked_out_where_people_are_in_several_rows(people, also, is_sensitive):
    """Row 2 goes with no other, as “not answered”; some are both in row 0 and in row 1."""
    people = [
        ({0, 1} if both and rows != {2} else rows, measures)
        for (rows, measures), both in zip(people, also, strict=False)
    ]
    table = make_table(people, alone=[False, False, True], is_sensitive=is_sensitive)

    for cell, values in what_it_may_be(table, suppress(table)):
        assert len(values) > 1, cell


@settings(max_examples=400, deadline=None, derandomize=True)
@given(people=crowds(most=60), is_sensitive=st.booleans())
def test_no_small_number_is_shown_nor_hides_alone(people, is_sensitive):
    table = suppress(make_table(people, alone=[True] * 3, is_sensitive=is_sensitive))

    for place in range(len(Measure)):
        total = table.totals[place].count
        cells = [row.cells[place].count for row in table.rows]
        assert not {1, 2, 3, 4} & {total, *cells}
        if is_sensitive and total != 0:
            assert 0 not in cells
        if None in cells and total is not None:
            assert total - sum(count or 0 for count in cells) >= SMALLEST


@settings(max_examples=400, deadline=None, derandomize=True)
@given(people=crowds(most=60))
def test_no_difference_in_a_sensitive_table_tells_about_few(people):
    true = make_table(people, alone=[True] * 3, is_sensitive=True)
    table = suppress(true)

    for inner, outer in WITHIN:
        i, o = list(Measure).index(inner), list(Measure).index(outer)
        apart = true.totals[o].count - true.totals[i].count
        pairs = [(row.cells[i].count, row.cells[o].count) for row in true.rows]
        seen = [(row.cells[i].count, row.cells[o].count) for row in table.rows]
        if not fits(*zip(*pairs, strict=True)) or apart == 0 or true.totals[i].count == 0:
            continue
        differences = [b - a for a, b in seen if None not in (a, b)]
        assert all(difference >= SMALLEST for difference in differences)
        assert not differences or apart - sum(differences) == 0 or apart - sum(differences) >= SMALLEST


# --- examples ---


@pytest.mark.parametrize(
    ("counts", "as_shown"),
    [
        ([40, 30, 10], [40, 30, 10]),
        ([40, 30, 3], [40, "-", "<"]),  # 3 alone would be the total without the others
        ([40, 30, 0], [40, "-", "<"]),
        ([40, 30, 3, 3], [40, 30, "<", "<"]),  # 6 people together, and no reader knows how many in which row
        ([40, 30, 4, 4], [40, "-", "<", "<"]),  # 8 together can only be 4 and 4
        ([40, 20, 1, 1], [40, "-", "<", "<"]),  # 2 people together
        ([30, 10, 10, 4], [30, "-", "-", "<"]),  # of 14, the 10 that is shown leaves 10 at most: 4 would be told
        ([38, 2, 0], ["-", "<", "<"]),
        ([5, 0, 0], ["-", "-", "-"]),  # “not shown” beside “fewer than 5” would say 5
        ([3, 0, 0], ["<", "<", "<"]),
        ([0, 0, 0], [0, 0, 0]),
    ],
)
def test_sensitive_column(counts, as_shown):
    assert shown(one_column(*counts)) == as_shown


@pytest.mark.parametrize(
    ("counts", "as_shown"),
    [
        ([40, 30, 0], [40, 30, 0]),
        ([40, 30, 3, 0], [40, "-", "<", 0]),
        ([1, 1, 1, 1], ["<", "<", "<", "<"]),
    ],
)
def test_zero_is_shown_where_the_question_is_not_sensitive(counts, as_shown):
    assert shown(one_column(*counts, is_sensitive=False)) == as_shown


def test_total_below_five_is_hidden_and_from_five_shown():
    assert suppress(one_column(3, 1)).totals[0] == Cell(None, Mark.SMALL)
    assert suppress(one_column(3, 2)).totals[0] == Cell(5)


def test_the_one_who_stayed_away_is_not_found_by_subtraction():
    """50 registered, 49 attended: beside each other the two columns would say in which row the one is."""
    people = [({row}, {REGISTERED, ATTENDED}) for row in (0, 1) for _person in range(24)]
    table = make_table(
        [*people, ({0}, {REGISTERED, ATTENDED}), ({1}, {REGISTERED})], alone=[True] * 2, is_sensitive=True
    )

    assert shown(table, ATTENDED) == [25, 24]
    assert shown(table, REGISTERED) == ["-", "-"]


def test_measures_with_the_same_people_hide_the_same():
    people = [({row}, {REGISTERED, CONFIRMED}) for row in (0, 0, 1) for _person in range(12)] + [
        ({2}, {REGISTERED, CONFIRMED})
    ]
    table = make_table(people, alone=[True] * 3, is_sensitive=True)

    assert shown(table, REGISTERED) == shown(table, CONFIRMED) == [24, "-", "<"]


# --- counting ---


def register(edition, number, *, travel=None, province=Province.BATTAMBANG, **inclusion):
    """As many people who answer alike."""
    return [
        make_registration(edition, inclusion=inclusion, travel=travel, province=province) for _person in range(number)
    ]


def table_of(figures, code):
    table = next(table for table in figures.tables if table.code == code)
    return {str(row.label): [cell.count for cell in row.cells] for row in table.rows}


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

    figures = gather(edition)

    assert [cell.count for cell in figures.totals] == [6, 5, 2, 3]
    assert table_of(figures, "gender")["Woman"] == [3, 3, 2, 3]
    assert table_of(figures, "gender")["Not answered"] == [3, 2, 0, 0]
    assert table_of(figures, "age")["18 to 30"] == [2, 2, 0, 0]
    groups = table_of(figures, "groups")
    assert groups["Person with a disability"] == groups["LGBTQI+"] == [3, 3, 2, 3]
    assert (groups["None of these"], groups["Not answered"]) == ([2, 2, 0, 0], [1, 0, 0, 0])
    assert table_of(figures, "province") == {"Battambang": [6, 5, 2, 3]}
    assert list(table_of(figures, "day").values()) == [[6, 5, 1, 3], [6, 5, 2, 3]]


def test_somebody_without_answers_or_with_a_strange_one_has_not_answered(edition):
    people = register(edition, 5)
    InclusionAnswers.objects.filter(registration=people[0]).delete()
    InclusionAnswers.objects.filter(registration=people[1]).update(gender="earlier wording", groups=["earlier"])

    figures = gather(edition)

    assert table_of(figures, "gender")["Not answered"] == table_of(figures, "groups")["Not answered"] == [5, 5, 0, 0]


@pytest.mark.parametrize("people", [1, 20])
def test_figures_take_the_same_queries_for_few_and_many(edition, people, django_assert_num_queries):
    register(edition, people, gender=Gender.WOMAN)

    with django_assert_num_queries(8):
        may_be_shown(gather(edition))


# --- the page and the file ---


def member_with(client, *codenames):
    content_type = ContentType.objects.get_for_model(Registration)
    user = get_user_model().objects.create_user("member", password="a long password", is_staff=True)
    for codename in codenames:
        user.user_permissions.add(Permission.objects.get_or_create(codename=codename, content_type=content_type)[0])
    client.force_login(user)
    return client


@pytest.fixture
def crowd(edition):
    register(edition, 6, gender=Gender.WOMAN, groups=["disability"])
    register(edition, 7, gender=Gender.MAN, groups=["none"])
    register(edition, 2, gender=Gender.ANOTHER, groups=["lgbtqi"], province=Province.KEP)
    return edition


def test_observer_sees_figures_and_no_person(client, crowd):
    observer = member_with(client, "view_figures")

    text = read(observer.get(PAGE))

    assert "Target: at least 75 participants" in text
    assert "Registered15" in text.replace(" ", "")
    assert "fewer than 5" in text
    assert "not shown" in text
    for secret in ("Sakalbang", "គំរូ", "012 000 001", "+85512000001", Registration.objects.first().spoken_code):
        assert secret not in text
    assert observer.get("/admin/registration/registration/").status_code == 403


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
        gender, few = Gender.WOMAN.label, Mark.SMALL.label
    about, tables = load_workbook(BytesIO(response.content)).worksheets
    notes = [cell.value for cell in about["A"]]
    rows = [[cell.value for cell in row] for row in tables.iter_rows()]
    assert 'filename="figures-2024.xlsx"' in response["Content-Disposition"]
    assert any("75" in note or "៧៥" in note for note in notes)
    assert len(notes) > 6
    assert rows[1][1:] == [15, 15, 0, 0]
    assert any(row[0] == gender and row[3:] == [0, 0] for row in rows)
    assert any(few in row for row in rows)
    assert not {1, 2, 3, 4} & {value for row in rows for value in row}


def test_file_leaves_a_line_in_the_log(staff_client, crowd):
    staff_client.get(FILE)

    line = AccessLog.objects.get()
    assert (line.user.username, line.look, line.subject) == ("chief", Look.EXPORT, "figures-2024.xlsx")
    assert line.columns == "gender, age, groups, province, sector, day"
