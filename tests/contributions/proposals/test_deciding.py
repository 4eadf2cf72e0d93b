"""A talk that is accepted fills its session in the draft; its speakers are to be confirmed until each confirms."""

import pytest
from django.contrib.auth.models import User

from agenda.choices import AppearanceState, SessionState
from agenda.models import Session, Speaker
from agenda.publishing import versions
from conference.models import Organisation
from contributions import links
from contributions.choices import ProposalState
from contributions.models import Proposal, TalkOff, Told, WhyOff
from contributions.proposals import deciding, letters
from tests.contributions.samples import make_proposal, proposal_data
from tests.pages import read


@pytest.fixture
def chief(django_user_model):
    return django_user_model.objects.create_superuser("chief")


@pytest.fixture
def proposal(call):
    row = make_proposal(call, organisation="Sample NGO", summary_km="សេចក្តីសង្ខេប")
    row.speakers.create(name_km="គំរូ ពីរ", position=1)
    return row


def accept(proposal, chief, words=""):
    return deciding.accept(proposal, proposal.topics.get(), words=words, by=chief)


def answer(client, speaker, **pressed):
    return client.post(f"/en/speaking/{links.token_for('speaker', speaker)}/", pressed)


def test_accepted_it_stands_in_the_draft_to_be_confirmed_and_not_in_public(client, edition, session, proposal, chief):
    versions.publish(edition, chief)
    ngo = Organisation.objects.create(name_en="Sample NGO", slug="sample-ngo")

    accept(proposal, chief)

    session.refresh_from_db()
    assert (session.title_en, session.description_km) == ("Sample talk", "សេចក្តីសង្ខេប")
    assert (session.state, session.open_call, session.spoken_languages) == (
        SessionState.TO_BE_CONFIRMED,
        False,
        ["en"],
    )
    first, second = session.appearances.all()
    assert (first.speaker.name_en, first.speaker.organisation, first.state) == (
        "SAMPLE Speaker",
        ngo,
        "to_be_confirmed",
    )
    assert second.speaker.name_km == "គំរូ ពីរ"
    assert session.code not in versions.published(edition).places


def test_each_speaker_confirms_and_the_session_with_the_last_of_them(client, edition, session, proposal, chief):
    accept(proposal, chief)
    first, second = proposal.speakers.all()

    answer(client, first, yes="1")
    assert session.appearances.first().state == AppearanceState.CONFIRMED
    assert Session.objects.get(pk=session.pk).state == SessionState.TO_BE_CONFIRMED
    answer(client, second, yes="1")
    assert Session.objects.get(pk=session.pk).state == SessionState.CONFIRMED
    versions.publish(edition, chief)
    page = client.get(f"/en/{edition.year}/agenda/{session.parent.code}/").content.decode()
    assert "Sample talk" in page

    answer(client, second, no="1")
    assert session.appearances.last().state == AppearanceState.DECLINED


def test_no_speaker_answers_for_what_is_not_accepted(client, proposal):
    assert answer(client, proposal.speakers.first(), yes="1").status_code == 404


@pytest.mark.parametrize("how", ["withdrawn", "waiting"])
def test_taken_back_the_session_is_open_as_before_but_for_what_staff_changed(session, proposal, chief, how):
    accept(proposal, chief)
    Session.objects.filter(pk=session.pk).update(description_en="Changed by staff")

    if how == "withdrawn":
        deciding.withdraw(proposal)
    else:
        deciding.put_off(proposal, ProposalState.WAITING, words="", by=chief)

    session.refresh_from_db()
    assert (session.title_en, session.description_en) == ("", "Changed by staff")
    assert (session.state, session.open_call) == (SessionState.DRAFT, True)
    assert not session.appearances.exists()
    assert not Speaker.objects.exists()
    row = Proposal.objects.get(pk=proposal.pk)
    assert (row.state, row.session, row.before) == (how, None, None)
    assert {one.answer for one in row.speakers.all()} == {""}


def test_two_proposals_do_not_fill_one_session(call, session, proposal, chief):
    other = make_proposal(call, title_en="Another sample talk")
    accept(proposal, chief)

    with pytest.raises(deciding.Taken):
        accept(other, chief)

    other.refresh_from_db()
    session.refresh_from_db()
    assert (other.state, session.title_en, session.appearances.count()) == (ProposalState.RECEIVED, "Sample talk", 2)


def test_accepted_twice_it_stands_there_once(session, proposal, chief):
    accept(proposal, chief)
    accept(Proposal.objects.get(pk=proposal.pk), chief)

    assert session.appearances.count() == Speaker.objects.count() == 2
    deciding.withdraw(proposal)
    session.refresh_from_db()
    assert (session.title_en, session.state) == ("", SessionState.DRAFT)


def test_other_words_to_the_proposer_cost_no_answer_of_a_speaker(client, session, proposal, chief):
    accept(proposal, chief)
    answer(client, proposal.speakers.first(), yes="1")
    appearance = session.appearances.first()

    row = accept(proposal, chief, words="Bring your own computer")

    assert (row.words, proposal.speakers.first().answer) == ("Bring your own computer", "yes")
    appearance.refresh_from_db()
    assert appearance.state == AppearanceState.CONFIRMED


@pytest.mark.parametrize("state", ["accepted", "declined"])
def test_two_of_the_staff_who_decide_the_same_send_one_letter(settings, proposal, chief, state):
    settings.SENDS_EMAIL = True
    for _press in range(2):
        if state == "accepted":
            accept(proposal, chief)
        else:
            deciding.put_off(proposal, ProposalState.DECLINED, words="", by=chief)

    assert Told.objects.get().kind == f"proposal.{state}"


def test_long_name_of_a_long_organisation_is_accepted(session, proposal, chief):
    proposal.speakers.update(name_latin="S" * 120, name_km="គ" * 120, organisation="O" * 200)

    accept(proposal, chief)

    one = session.appearances.first()
    assert len(one.label_en) == len(one.label_km) == 300  # PostgreSQL takes no more


def test_what_was_withdrawn_is_not_decided(proposal, chief):
    deciding.withdraw(proposal)

    with pytest.raises(deciding.Gone):
        accept(proposal, chief)


@pytest.mark.parametrize("language", ["en", "km"])
@pytest.mark.parametrize("state", ["received", "accepted", "waiting", "declined"])
def test_letters_are_kind_and_carry_the_link(proposal, chief, state, language):
    Proposal.objects.update(language=language, state=state, words="Sample words of staff")
    row = Proposal.objects.select_related("call__edition").get()

    subject, text = letters.words(row)

    assert letters.address_of(row) in text
    assert f"/{language}/proposal/" in text
    assert "Sample words of staff" in text
    assert any("ក" <= letter <= "៹" for letter in subject) == (language == "km")


def test_letter_writes_every_sign_as_it_was_typed(proposal):
    Proposal.objects.update(state="declined", title_en="Maps & people's data", words="We're sorry")

    _subject, text = letters.words(Proposal.objects.select_related("call__edition").get())

    assert "We're sorry" in text
    assert "Maps & people's data" in text


def test_staff_decide_on_one_page_with_a_text_to_hand_on(staff_client, call, session, proposal):
    page = f"/admin/contributions/proposal/{proposal.pk}/change/"
    topic = str(call.topics.get().pk)

    assert "Say for which topic" in staff_client.post(page, {"decide": "1", "state": "accepted"}).content.decode()
    staff_client.post(page, {"decide": "1", "state": "accepted", "topic": topic, "words": "Sample words"})

    row = Proposal.objects.get()
    assert (row.state, row.session, row.told_at) == ("accepted", session, None)
    shown = staff_client.get(page).content.decode()
    assert "Sample words" in shown
    assert letters.address_of(row) in shown
    assert "1</b> proposer who does not know" in staff_client.get("/admin/").content.decode()
    staff_client.post(page, {"told": "1"})
    assert Proposal.objects.get().told_at
    assert "does not know" not in staff_client.get("/admin/").content.decode()


def test_topic_that_staff_deleted_costs_no_proposal(client, staff_client, call):
    data = proposal_data(call)
    call.topics.get().delete()  # in the draft: the public still sees it
    other = call.topics.create(name_en="Another sample topic")

    assert client.post(f"/en/{call.edition.year}/calls/{call.pk}/propose/", data).status_code == 302

    row = Proposal.objects.get()
    assert not Proposal.topics.through.objects.exists()
    page = f"/admin/contributions/proposal/{row.pk}/change/"
    staff_client.post(page, {"decide": "1", "state": "accepted", "topic": str(other.pk)})
    row.refresh_from_db()
    assert row.state == ProposalState.ACCEPTED


def test_a_second_topic_without_a_session_is_accepted_and_waits_for_its_place(call, proposal, chief):
    topic = call.topics.create(name_en="Sample topic without a place")

    deciding.accept(proposal, topic, words="", by=chief)

    row = Proposal.objects.get()
    assert (row.state, row.session, Speaker.objects.count()) == (ProposalState.ACCEPTED, None, 0)


def test_session_is_not_confirmed_any_more_when_a_speaker_says_no(client, session, proposal, chief):
    accept(proposal, chief)
    first, second = proposal.speakers.all()
    for speaker in (first, second):
        answer(client, speaker, yes="1")

    answer(client, second, no="1")
    assert Session.objects.get(pk=session.pk).state == SessionState.TO_BE_CONFIRMED
    answer(client, second, yes="1")
    assert Session.objects.get(pk=session.pk).state == SessionState.CONFIRMED


@pytest.mark.parametrize("how", ["withdraw", "erase", "no"])
def test_talk_that_falls_away_is_a_tile_until_staff_have_dealt_with_it(client, staff_client, proposal, how):
    tile = "1 talk fell away after you accepted it"
    accept(proposal, User.objects.get())
    assert tile not in read(staff_client.get("/admin/"))

    if how == "no":
        answer(client, proposal.speakers.first(), no="1")
        answer(client, proposal.speakers.last(), no="1")
    else:
        client.post(f"/en/proposal/{links.token_for('proposal', proposal)}/withdraw/", {how: "1"})

    assert tile in read(staff_client.get("/admin/"))
    listed = staff_client.get("/admin/contributions/talkoff/?edition=all")
    assert ("Sample talk" if how == "no" else "Sample theme") in read(listed)
    assert "SAMPLE Speaker" not in read(listed)
    done = {"action": "dealt_with", "_selected_action": [TalkOff.objects.get().pk]}
    staff_client.post("/admin/contributions/talkoff/?edition=all", done)
    assert tile not in read(staff_client.get("/admin/"))


def test_talk_that_fell_away_is_forgotten_when_another_fills_the_session_or_the_speaker_comes(client, proposal, chief):
    accept(proposal, chief)
    answer(client, proposal.speakers.first(), no="1")
    answer(client, proposal.speakers.first(), yes="1")
    assert not TalkOff.objects.exists()

    deciding.withdraw(proposal)
    assert TalkOff.objects.get().why == WhyOff.WITHDRAWN
    accept(make_proposal(proposal.call), chief)
    assert not TalkOff.objects.exists()


def test_withdrawn_before_it_was_accepted_no_session_is_free(proposal):
    deciding.withdraw(proposal)

    assert not TalkOff.objects.exists()
