"""Figures of proposals are ranges, and one person more or less is not told by them."""

import pytest
from django.contrib.auth.models import Permission

from contributions.models import Proposal, ProposalFigures
from contributions.proposals import figures
from registration.choices import Province
from tests.contributions.samples import make_proposal


def words(edition, code):
    table = next(one for one in figures.tables(edition) if one.code == code)
    return {str(label): [cell.words for cell in cells] for label, cells in table.rows}, [
        cell.words for cell in table.totals
    ]


def propose(call, number, **columns):
    return [make_proposal(call, **columns) for _number in range(number)]


def test_few_proposals_are_not_shown(edition, call):
    propose(call, 9, sector="student")

    rows, totals = words(edition, "sector")

    assert totals == ["not shown", "0"]
    assert "Student" not in rows


def test_ranges_are_shown_and_one_more_changes_nothing(edition, call):
    propose(call, 12, sector="student", first_time="yes")
    propose(call, 11, sector="media", first_time="no")
    Proposal.objects.filter(sector="student").update(state="accepted")

    before = words(edition, "sector")
    assert before[0]["Student"] == ["10–14", "10–14"]
    assert before[0]["Media"][0] == "10–14"
    assert before[1] == ["20–24", "10–14"]

    propose(call, 4, sector="student")
    assert words(edition, "sector") == before
    make_proposal(call, sector="student", state="withdrawn")
    assert words(edition, "sector") == before


def test_gender_is_counted_from_what_lies_apart(edition, call):
    for _number in range(12):
        make_proposal(call, needs={"gender": "woman"})
    propose(call, 8)

    rows, _totals = words(edition, "gender")

    assert rows["Woman"][0] == "10–14"


@pytest.mark.parametrize("number", [1, 12])
def test_as_many_queries_for_many_as_for_few(edition, call, number, django_assert_max_num_queries):
    propose(call, number)

    with django_assert_max_num_queries(40):  # the most of them write the first columns
        figures.tables(edition)
    with django_assert_max_num_queries(8):
        figures.tables(edition)


def test_the_page_is_for_those_who_see_figures(client, edition, call, django_user_model):
    propose(call, 12, province=Province.PHNOM_PENH)
    user = django_user_model.objects.create_user("observer", is_staff=True)
    client.force_login(user)
    page = f"/admin/contributions/proposal/figures/?edition={edition.year}"
    assert client.get(page).status_code == 403
    assert not ProposalFigures.objects.exists()

    user.user_permissions.set(Permission.objects.filter(codename="view_figures"))
    shown = client.get(page).content.decode()
    assert "Phnom Penh" in shown
    assert "10–14" in shown
    assert "SAMPLE Speaker" not in shown
    assert "Figures of the proposals" in client.get("/admin/").content.decode()
