"""Questions that each page asks: the answers of Django's own query sets, whose SQL is made once."""

import pytest
from django.db.models import CharField, Exists, F, OuterRef

from conference.asking import Given, Prepared
from conference.models import Edition, Purpose
from tests.factories import make_edition

pytestmark = pytest.mark.django_db


def prepared(made):
    def rows():
        made.append(1)
        purposes = Purpose.objects.filter(edition=OuterRef("pk"))
        known = Edition.objects.annotate(
            has_purposes=Exists(purposes), in_2030=Exists(Edition.objects.filter(year=2030))
        )
        return known.filter(year__gte=Given("since"), title_en=Given("title", CharField())).order_by("-year")

    return Prepared(rows)


def test_answers_are_of_the_values_that_are_given_and_as_of_now(django_assert_num_queries):
    made = []
    question = prepared(made)
    early, late = make_edition(year=2031, title_en="Sample"), make_edition(year=2032, title_en="Sample")
    Purpose.objects.create(edition=late, text_en="To show it")

    with django_assert_num_queries(1):
        found = question.ask(since=2030, title="Sample")
    assert found == [late, early]
    assert [(one.has_purposes, one.in_2030) for one in found] == [(True, False), (False, False)]
    assert [one.starts_on for one in found] == [late.starts_on, early.starts_on]

    Edition.objects.filter(pk=late.pk).update(title_en="Another")
    assert question.first(since=2032, title="Sample") is None
    assert question.first(since=2032, title="Another") == late
    assert made == [1]


def test_value_is_no_part_of_the_question():
    assert prepared([]).ask(since=2030, title="' OR ''='") == []
    assert prepared([]).ask(since=2030, title="100 %s") == []


def test_rows_are_as_django_makes_them(django_assert_num_queries):
    edition = make_edition(year=2031, title_en="Sample")
    Purpose.objects.create(edition=edition, text_en="To show it")
    found = Purpose.objects.select_related("edition").defer("position").annotate(year=F("edition__year"))
    question = Prepared(lambda: found.filter(edition=Given("edition")))

    with django_assert_num_queries(1):
        (ours,) = question.ask(edition=edition.pk)
        assert ours.edition.title_en == "Sample"

    (django,) = found.filter(edition=edition)
    assert own(ours) == own(django)
    assert own(ours.edition) == own(django.edition)
    assert ours.get_deferred_fields() == django.get_deferred_fields() == {"position"}
    assert (ours._state.db, ours._state.adding) == (django._state.db, django._state.adding)


def own(row):
    return {name: value for name, value in vars(row).items() if name != "_state"}
