"""The mark of the draft, and what is kept beside it."""

import re

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from agenda.chase.rows import load
from agenda.models import Material, ProgrammeVersion, Session, Speaker
from agenda.programme.value import from_tables
from agenda.publishing.mark import DRAFT, mark_of_draft
from agenda.publishing.pending import pending
from agenda.publishing.versions import publish
from conference.models import Edition
from conference.pages.tables import Page

pytestmark = pytest.mark.django_db


def test_mark_looks_at_every_table_that_the_programme_and_the_chase_list_read(edition):
    with CaptureQueriesContext(connection) as captured:
        from_tables(edition)
        load(edition)

    read = {table for query in captured for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])}
    assert len(read) > 10
    assert read <= {model._meta.db_table for model in DRAFT}


def test_every_table_that_it_looks_at_changes_it(edition):
    """A text in one of its columns, or a row that is gone: as a statement by hand does it, past every form."""
    Speaker.objects.create(name_en="Sample Speaker")
    Material.objects.create(
        session=Session.objects.first(), title_en="Sample slides", url="https://example.org/slides"
    )
    Page.objects.create(edition=edition, slug="visa", title_en="Sample page")
    marks, untold = [mark_of_draft()], []
    for model in DRAFT:
        text = next(
            (one.name for one in model._meta.local_fields if isinstance(one, models.CharField | models.TextField)),
            None,
        )
        row = model._base_manager.order_by("pk").first()
        if row is None:
            untold.append(model)
        elif text:
            model._base_manager.filter(pk=row.pk).update(**{text: "x"})
        else:
            model._base_manager.filter(pk=row.pk).delete()
        marks.append(mark_of_draft())

    assert untold == []
    assert len(set(marks)) == len(marks)


def test_another_published_version_changes_it_and_asking_takes_one_query(edition, django_assert_num_queries):
    before = mark_of_draft()
    publish(edition, by=None)
    after = mark_of_draft()
    version = ProgrammeVersion.objects.get()
    version.data = {**version.data, "year": 2001}
    version.save()

    with django_assert_num_queries(1):
        assert len({before, after, mark_of_draft()}) == 3


def test_what_waits_is_compared_again_only_after_a_change(edition, django_assert_num_queries):
    publish(edition, by=None)
    Session.objects.filter(title_en="Lunch Break").update(title_en="Lunch")
    found = pending()

    with django_assert_num_queries(2):  # the mark and the editions
        assert pending() == found
    assert [one.changes for one in found] == [Session.objects.filter(title_en="Lunch").count()]
    Session.objects.filter(title_en="Lunch").update(title_en="Lunch Break")

    assert [one.waits for one in pending()] == [False]


def test_an_edition_without_a_version_waits(edition):
    assert [(one.edition, one.is_published, one.waits) for one in pending()] == [(Edition.objects.get(), False, True)]
