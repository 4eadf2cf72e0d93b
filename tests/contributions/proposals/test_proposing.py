"""A person proposes a talk without an account, comes back by a link, changes it, withdraws it."""

import re
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conference import clock
from contributions import links
from contributions.choices import ProposalState, ToldState
from contributions.models import Call, Proposal, ProposalNeeds, Told
from contributions.proposals import deciding, proposing, publishing
from tests.contributions.samples import make_call, make_proposal, proposal_data
from tests.pages import read

SECOND = timedelta(seconds=1)


def address(call):
    return f"/en/{call.edition.year}/calls/{call.pk}/propose/"


def own(proposal, page=""):
    return f"/en/proposal/{links.token_for('proposal', proposal)}/{page}"


def test_a_proposal_is_kept_with_its_speakers_and_leads_to_its_own_page(client, call):
    data = proposal_data(call, title_km="គំរូ", name_latin_2="SAMPLE Second", organisation_2="Sample NGO")

    answer = client.post(address(call), data)

    row = Proposal.objects.get()
    assert answer.url == own(row)
    assert (row.title_en, row.title_km, row.spoken, row.email) == ("Sample talk", "គំរូ", ["en"], "sample@example.org")
    assert [one.name_latin for one in row.speakers.all()] == ["SAMPLE Speaker", "SAMPLE Second"]
    assert [topic.pk for topic in row.topics.all()] == [call.topics.get().pk]
    assert "We have your proposal" in client.get(answer.url).content.decode()


def test_the_same_form_sent_twice_is_one_proposal(client, call):
    data = proposal_data(call)

    assert client.post(address(call), data).url == client.post(address(call), data).url
    assert Proposal.objects.count() == 1


def test_several_topics_may_be_chosen_for_one_proposal(client, edition, call):
    second = call.topics.create(name_en="Second sample topic")
    publishing.publish(call)

    client.post(address(call), proposal_data(call))

    assert set(Proposal.objects.get().topics.values_list("pk", flat=True)) == {call.topics.first().pk, second.pk}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title_en": ""}, "Write a title in Khmer, in English, or in both."),
        ({"summary_en": ""}, "Write a summary in Khmer, in English, or in both."),
        ({"email": ""}, "Give a telephone number, a Telegram name or an e-mail address."),
        ({"name_latin": ""}, "Write your name in Khmer, in Latin letters, or both."),
        ({"organisation_3": "Sample NGO"}, "Write the name of this person."),
        ({"link": "javascript:alert(1)"}, "Write a link such as https://example.org"),
        ({"summary_en": "As SAMPLE SPEAKER has shown."}, "A name of a speaker stands in this text."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(client, call, wrong, said):
    page = client.post(address(call), proposal_data(call, summary_km="សេចក្តីសង្ខេប") | {"summary_km": ""} | wrong)

    content = page.content.decode()
    assert said in content
    assert ("Sample talk" in content) or "title_en" in wrong
    assert not Proposal.objects.exists()


def test_the_deadline_is_kept_to_the_second_and_what_was_typed_stays(client, call, monkeypatch):
    data, closes_at = proposal_data(call), call.closes_at

    monkeypatch.setattr(clock, "now", lambda: closes_at)
    late = client.post(address(call), data)
    assert "The deadline is past, and this was not sent." in late.content.decode()
    assert "What the sample shows." in late.content.decode()
    assert not Proposal.objects.exists()

    monkeypatch.setattr(clock, "now", lambda: closes_at - SECOND)
    assert client.post(address(call), data).status_code == 302


def test_form_sent_again_after_the_deadline_has_come_in_time(client, call, monkeypatch):
    data, closes_at = proposal_data(call), call.closes_at
    client.post(address(call), data)

    monkeypatch.setattr(clock, "now", lambda: closes_at)

    assert client.post(address(call), data).url == own(Proposal.objects.get())


def test_dash_for_no_english_title_does_not_hide_the_proposal(client, call):
    client.post(address(call), proposal_data(call, title_en="–", title_km="គំរូ"))

    row = Proposal.objects.to_decide().get()
    assert (row.title_en, row.title_km) == ("", "គំរូ")
    assert "Write a title" in client.post(address(call), proposal_data(call, title_en="–")).content.decode()


def test_change_of_a_call_that_was_taken_back_is_said_not_to_be_saved(client, call):
    row = make_proposal(call)
    publishing.take_back(call)

    assert "Nothing was saved" in client.post(own(row, "change/"), proposal_data(call)).content.decode()


def test_withdrawn_by_two_presses_at_once_it_is_withdrawn(client, call, monkeypatch):
    row, once = make_proposal(call), deciding.withdraw

    def twice(proposal):
        once(proposal)
        once(proposal)

    monkeypatch.setattr(deciding, "withdraw", twice)

    assert client.post(own(row, "withdraw/"), {"withdraw": "1"}).status_code == 302
    row.refresh_from_db()
    assert row.state == ProposalState.WITHDRAWN


def test_a_change_of_the_deadline_holds_when_it_is_published(call):
    Call.objects.update(closes_at=call.closes_at + timedelta(days=9))

    call.refresh_from_db()
    assert publishing.has_changes(call)
    assert publishing.published_call(call).closes_at < call.closes_at
    publishing.publish(call)
    assert publishing.published_call(call).closes_at == call.closes_at
    assert not publishing.has_changes(call)


@pytest.mark.parametrize("part", ["", "propose/"])
def test_a_call_that_is_not_published_is_not_there(client, edition, part):
    call = make_call(edition, is_published=False)

    assert client.get(f"/en/{edition.year}/calls/{call.pk}/{part}").status_code == 404
    assert "Sample call" not in client.get(f"/en/{edition.year}/calls/").content.decode()


def test_home_menu_and_session_lead_to_an_open_call_and_to_no_other(client, edition, call, session):
    page = client.get(f"/en/{edition.year}/").content.decode()
    assert page.count(f'href="/en/{edition.year}/calls/') == 2  # the menu, and the block on the page
    assert publishing.published(edition)[0].topics[0].codes == (session.code, session.parent.code)

    Call.objects.update(published=None)
    assert f"/en/{edition.year}/calls/" not in client.get(f"/en/{edition.year}/participants/").content.decode()


def test_the_own_link_changes_until_the_deadline(client, call, monkeypatch):
    row = make_proposal(call, needs={"access_note": "A sample need"})
    shown = client.get(own(row, "change/")).content.decode()
    assert "Sample talk" in shown
    assert "A sample need" not in shown  # staff may have handed the link on

    data = proposal_data(call, title_en="Another sample talk", name_latin="SAMPLE Another")
    assert client.post(own(row, "change/"), data).url == f"{own(row)}?saved"
    row.refresh_from_db()
    assert (row.title_en, row.speakers.get().name_latin) == ("Another sample talk", "SAMPLE Another")
    assert ProposalNeeds.objects.get().access_note == "A sample need"

    monkeypatch.setattr(clock, "now", lambda: call.closes_at)
    late = client.post(own(row, "change/"), data | {"title_en": "Too late"}).content.decode()
    assert "It is no longer possible to change this." in late
    assert "Too late" in late
    assert Proposal.objects.get().title_en == "Another sample talk"


def test_needs_are_encrypted_and_apart(client, call):
    client.post(
        address(call), proposal_data(call, access_needs=["captions"], access_note="Sample need", gender="woman")
    )

    needs = ProposalNeeds.objects.get()
    assert (needs.access_needs, needs.access_note, needs.gender) == (["captions"], "Sample need", "woman")
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_needs, access_note, gender FROM contributions_proposalneeds")
        lies = " ".join(cursor.fetchone())
    assert not any(word in lies for word in ("captions", "Sample", "woman"))


def test_need_that_is_not_shown_again_is_not_lost_by_another_answer(client, call):
    row = make_proposal(call, needs={"access_needs": ["captions"], "access_note": "Sample need"})

    client.post(own(row, "change/"), proposal_data(call, gender="woman"))

    needs = ProposalNeeds.objects.get()
    assert (needs.access_needs, needs.access_note, needs.gender) == (["captions"], "Sample need", "woman")


def test_a_file_is_sent_on_the_own_page_replaced_and_taken_out(client, call):
    row = make_proposal(call)
    for content in (b"%PDF-1 first", b"%PDF-1 second"):
        sent = SimpleUploadedFile("SAMPLE Speaker.pdf", content)
        assert client.post(own(row, "file/"), {"file": sent}).status_code == 302
    row.refresh_from_db()
    assert "SAMPLE" not in row.file.name
    with row.file.open() as file:
        assert file.read() == b"%PDF-1 second"
    folder = row.file.storage.listdir("proposals")[1]
    assert len(folder) == 1  # the first is gone

    wrong = client.post(own(row, "file/"), {"file": SimpleUploadedFile("sample.exe", b"MZ")})
    assert "This file cannot be taken" in wrong.content.decode()
    client.post(own(row, "file/"), {"remove": "1"})
    assert not Proposal.objects.get().file
    assert row.file.storage.listdir("proposals")[1] == []


def test_withdrawn_it_stays_and_erased_it_is_gone(client, call):
    row = make_proposal(call)

    client.post(own(row, "withdraw/"), {"withdraw": "1"})
    assert Proposal.objects.get().state == ProposalState.WITHDRAWN
    assert "You have withdrawn this proposal." in client.get(own(row)).content.decode()
    assert not Proposal.objects.there().exists()

    assert "Your proposal is erased" in client.post(own(row, "withdraw/"), {"erase": "1"}).content.decode()
    assert not Proposal.objects.exists()


def test_every_link_that_opens_nothing_has_one_answer(client, call):
    row, other = make_proposal(call), make_proposal(call)
    right = links.token_for("proposal", row)
    swapped = f"{row.code}-{links.token_for('proposal', other).partition('-')[2]}"
    wrong = ["AAAAAAA-" + "0" * 32, "x", right[:-1], swapped, links.token_for("speaker", row.speakers.get())]
    answers = {client.get(f"/en/proposal/{token}/").content for token in wrong}
    row.link_version += 1
    row.save()
    answers.add(client.get(f"/en/proposal/{right}/").content)

    numbers = {content.partition(b"Request")[0][:400] for content in answers}
    assert len(numbers) == 1
    assert client.get(f"/en/proposal/{right}/").status_code == 404


def test_a_letter_leaves_by_email_in_the_language_of_the_proposer(call, settings):
    settings.SENDS_EMAIL = True
    content = proposing.Content(
        {"title_en": "Sample", "email": "sample@example.org", "language": "km"}, [], [{"name_km": "គំរូ"}]
    )
    proposing.send(
        publishing.published_call(call), content, form_token="6d0f8d38-3f0c-4d7a-9c0e-7f5a9d6b1a11", language="km"
    )

    call_command("tend_registration")

    [letter] = mail.outbox
    assert "យើងខ្ញុំបានទទួលសំណើ" in letter.subject
    assert f"/km/proposal/{links.token_for('proposal', Proposal.objects.get())}/" in letter.body
    assert Told.objects.get().state == ToldState.SENT


def test_pages_take_the_same_queries_for_few_and_many(client, call, django_assert_max_num_queries):
    row = make_proposal(call)
    for _number in range(20):
        make_proposal(call)

    with django_assert_max_num_queries(20):  # of the page, and of what other rooms give to the menu
        client.get(own(row))


@pytest.mark.parametrize("language", ["en", "km"])
def test_deadline_of_a_call_is_read_by_programs(client, edition, language):
    call = make_call(edition)
    page = client.get(f"/{language}/{edition.year}/calls/{call.pk}/").content.decode()

    said = re.search(r'<time datetime="([^"]+)"', page)[1]
    assert datetime.strptime(said, "%Y-%m-%dT%H:%M:%S%z") == call.closes_at.replace(microsecond=0)


def test_needs_are_taken_back_alone_also_after_the_deadline(client, call):
    row = make_proposal(call, needs={"access_note": "Sample need", "gender": "woman"})
    Call.objects.update(closes_at=clock.now() - SECOND)
    assert "Take it back: erase what I need" in read(client.get(own(row)))

    answer = client.post(own(row, "needs/"), follow=True)

    assert not ProposalNeeds.objects.exists()
    assert Proposal.objects.get().state == ProposalState.RECEIVED
    assert "Take it back: erase what I need" not in read(answer)
    assert client.get(own(row, "needs/")).status_code == 302


@pytest.mark.parametrize("missing", ["topics", "deadline"])
def test_staff_look_at_a_call_to_which_something_is_missing(staff_client, edition, missing):
    call = make_call(edition, is_published=False, **({"closes_at": None} if missing == "deadline" else {}))
    if missing == "topics":
        call.topics.all().delete()

    assert "It cannot be published yet" in read(staff_client.get(f"/admin/contributions/call/{call.pk}/look/"))
    home = staff_client.get(f"/en/{edition.year}/draft/pages/")
    assert home.status_code == 200
    assert "Sample call" not in read(home)


def test_call_in_the_draft_is_named_and_leads_to_no_page_that_is_not_there(staff_client, edition):
    call = make_call(edition, is_published=False)

    home = staff_client.get(f"/en/{edition.year}/draft/pages/")

    assert "Sample call (draft)" in read(home)
    assert f"/calls/{call.pk}/" not in home.text
    assert "Sample topic" in read(staff_client.get(f"/admin/contributions/call/{call.pk}/look/"))


def test_home_asks_for_the_calls_once(client, call):
    with CaptureQueriesContext(connection) as captured:
        client.get(f"/en/{call.edition.year}/")

    # With the edition comes whether there is a call at all; the calls themselves are read once.
    assert sum('FROM "contributions_call"' in one["sql"] and "EXISTS" not in one["sql"] for one in captured) == 1
