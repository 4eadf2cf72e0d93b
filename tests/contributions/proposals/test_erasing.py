"""What becomes of proposals on the two dates, and when a person wishes to be erased."""

from datetime import date

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection

from agenda.choices import SessionState
from contributions.choices import ProposalState
from contributions.models import Proposal, ProposalNeeds, Review, TalkOff, Told, WhyOff
from contributions.proposals import deciding, reviewing
from registration.duplicates.merging import merge
from registration.own_page.data import everything
from registration.retention import erasing
from registration.signing_up import transitions
from tests.contributions.samples import make_call, make_proposal, make_reviewer
from tests.factories import make_day, make_edition, make_registration, make_session, open_intake

TABLES = [
    *("contributions_call", "contributions_calltopic", "contributions_criterion", "contributions_proposal"),
    *("contributions_proposal_topics", "contributions_proposalspeaker", "contributions_proposalneeds"),
    *("contributions_reviewer", "contributions_review", "contributions_told", "contributions_proposalfigures"),
    "contributions_talkoff",
]
STAY = {"keep", "public", "staff"}


@pytest.fixture
def edition(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    edition = make_edition()
    open_intake(edition, erase_sensitive_on=date(2030, 4, 26), erase_all_on=date(2030, 6, 25))
    return edition


@pytest.fixture
def full(edition, django_user_model):
    """A proposal with something in every column, accepted and told, with reviews and a letter."""
    session = make_session(make_day(edition), state=SessionState.DRAFT, open_call=True)
    call = make_call(edition, session=session)
    row = make_proposal(
        call,
        organisation="Sample NGO",
        needs={"access_needs": ["captions"], "access_note": "Sample", "needs_travel": "yes", "gender": "woman"},
        **{"title_km": "គំរូ", "summary_km": "គំរូ", "link": "https://example.org/", "phone": "+85512000111"},
        **{"telegram": "@sample", "province": "KH-12", "sector": "student", "first_time": "yes"},
    )
    row.file.save("sample.pdf", ContentFile(b"%PDF-"))
    reviewing.save(make_reviewer(call), row, scores={}, comment="Sample comment")
    chief = django_user_model.objects.create_superuser("chief")
    deciding.accept(row, call.topics.get(), words="Sample words", by=chief)
    deciding.note_told(row)
    TalkOff.objects.create(call=call, session=session, proposal=row, why=WhyOff.NO)
    Told.objects.create(edition=edition, kind="proposal.received", key=row.pk)
    LogEntry.objects.create(
        user=chief,
        content_type=ContentType.objects.get_for_model(Proposal),
        object_id=str(row.pk),
        object_repr=str(row),
        action_flag=CHANGE,
    )
    return Proposal.objects.get(pk=row.pk)


def rows_of(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 -- our own table's name
        names = [column[0] for column in cursor.description]
        rows = [dict(zip(names, map(str, row), strict=True)) for row in cursor.fetchall()]
    return {row["id"]: row for row in rows}


def changed(before):
    for table, rows in before.items():
        now = rows_of(table)
        for key, row in rows.items():
            yield from ((table, column) for column, value in row.items() if now.get(key, {}).get(column) != value)


def test_erasing_does_to_each_column_what_the_policy_says(edition, full):
    before = {table: rows_of(table) for table in TABLES}
    policy = erasing.policy()

    erasing.erase(edition, date(2030, 6, 25))

    wanted = {(table, column) for table in TABLES for column, word in policy[table].items() if word not in STAY}
    assert set(changed(before)) == wanted
    assert not default_storage.exists(full.file.name)
    assert not LogEntry.objects.exists()


def test_on_the_first_date_only_the_needs_go(edition, full):
    erasing.erase(edition, date(2030, 4, 26))

    assert not ProposalNeeds.objects.exists()
    assert Proposal.objects.get().title_en == "Sample talk"


def test_erasing_again_finds_nothing(edition, full):
    erasing.erase(edition, date(2030, 6, 25))

    assert not erasing.erase(edition, date(2030, 6, 25)).keys() & {"proposals", "reviews", "needs of proposers"}


def test_a_participant_who_is_erased_takes_the_proposal_along(edition, full):
    person = make_registration(edition, name_latin="sample speaker", phone="", email="SAMPLE@example.org")
    other = make_registration(edition, name_latin="Another Sample", phone="+85512000111")

    assert [one["answer"] for one in everything(person)["in_other_rooms"]] == ["Sample talk (accepted)"]
    assert everything(other)["in_other_rooms"] == []  # families share a telephone
    transitions.erase(other)
    assert Proposal.objects.exists()
    transitions.erase(person)

    assert not Proposal.objects.exists()
    assert not Review.objects.exists()
    assert not Told.objects.exists()
    assert not default_storage.exists(full.file.name)
    session = edition.days.get().sessions.get()
    assert (session.title_en, session.state, session.open_call) == ("Sample session", SessionState.DRAFT, True)
    assert not session.appearances.exists()


def test_proposal_under_a_registration_that_was_merged_stays_the_persons(edition, admin_user):
    """Both had a telephone, and one stays. What was proposed with the other is seen by the person, and goes along."""
    kept = make_registration(edition, name_latin="SAMPLE Speaker", phone="+85512000991")
    other = make_registration(edition, name_latin="SAMPLE Speaker", phone="+85512000992")
    proposal = make_proposal(make_call(edition), phone=other.phone, email="")
    merge(kept, other, by=admin_user)
    kept.refresh_from_db()

    assert str(proposal.title) in str(everything(kept)["in_other_rooms"])
    transitions.erase(kept)

    assert not Proposal.objects.exists()


def test_a_proposal_that_was_withdrawn_is_erased_as_well(edition, full):
    deciding.withdraw(full)

    erasing.erase(edition, date(2030, 6, 25))

    row = Proposal.objects.get()
    assert (row.state, row.title_en, row.email) == (ProposalState.WITHDRAWN, "–", "")
