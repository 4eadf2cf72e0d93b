"""What each door to a participant's own page opens, and how staff come through none of them."""

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client
from django.utils.crypto import salted_hmac

from conference.models import Attempt
from conference.serving.attempts import Limit
from conference.words import phone
from registration import links
from registration.choices import Change, Look, MessageKind, MessageState
from registration.duplicates import merging
from registration.messages import outbox
from registration.models import AccessLog, InclusionAnswers, Intake, Message, Registration, Step
from registration.own_page import finding
from registration.signing_up import transitions
from tests.factories import form_data, make_registration, others_data
from tests.pages import read
from tests.registration.admin.registrations.test_registration import LIST, member_of
from tests.sign_up import send_pages

OWN = "/en/registration/"
FIND = "/en/2024/register/find/"
CODE = f"{OWN}code/"
PRIVATE = ["arrangements/", "needs/", "travel/", "data/", "data.json"]
TO_OPEN_MORE = ["change/", "new-link/", "erase/"]  # a contact, a link: with them a stranger would open all
STANDING = ["", "cancel/", "agreements/", "calendar.ics"]
STRANGERS = "stranger@example.org"


@pytest.fixture
def person(edition):
    Intake.objects.update(changes_until="2199-01-01T00:00:00Z")
    return make_registration(
        edition,
        phone="+85512323045",
        province="02",
        inclusion={"access_note": "CANARY note", "access_needs": ["captions"], "groups": ["indigenous"]},
        travel={"nights": ["2024-03-25"], "mode": "bus", "emergency_name": "CANARY mother"},
    )


@pytest.fixture
def desk(person):
    return member_of("Registration desk", Client())


def came_by(address):
    visitor = Client()
    visitor.get(address)
    return visitor


def by_own_link(person):
    return came_by(links.address_for(person))


def by_number(person):
    visitor = Client()
    assert visitor.post(FIND, {"number": person.spoken_code, "phone": phone(person.phone)}).url == OWN
    return visitor


def change_in_admin(desk, person, **changes):
    """As the form of the admin sends a registration."""
    inlines = ["attendance_set", "attendance", "breakout_choices", "consents", "steps"]
    counts = {f"{name}-{what}_FORMS": 0 for name in inlines for what in ("TOTAL", "INITIAL")}
    columns = ["name_km", "name_latin", "phone", "phone_owner", "telegram", "email", "organisation", "sector", "part"]
    person.refresh_from_db()
    data = {name: getattr(person, name) for name in [*columns, "province", "hackathon", "language"]}
    data |= {"days": [day.pk for day in person.days.all()], **counts, **changes}
    response = desk.post(f"{LIST}{person.pk}/change/", data)
    assert response.status_code == 302, read(response)
    person.refresh_from_db()


def by_new_address(person, desk):
    """Staff put an address of their own in, and have the link sent there."""
    change_in_admin(desk, person, email=STRANGERS)
    return came_by(links.address_for(person))


def by_new_telephone(person, desk):
    change_in_admin(desk, person, phone="012 999 999")
    return by_number(person)


def by_link_that_staff_made(person, desk):
    page = desk.post(f"{LIST}{person.pk}/new-link/")
    person.refresh_from_db()
    assert links.address_for(person) in read(page)
    return came_by(links.address_for(person))


def by_merging_into_their_own(person, desk):
    """Staff sign up in the person's name, where the link is shown, and merge."""
    own = make_registration(person.edition, phone=person.phone, name_latin="KUMROU Same")
    visitor_link, code = links.address_for(own), links.private_code(own)
    desk.post(f"{LIST}{own.pk}/merge/{person.pk}/", {"keep": own.pk})
    assert InclusionAnswers.objects.get().registration == own
    visitor = came_by(visitor_link)
    visitor.post(CODE, {"code": code})
    return visitor


DOORS = {
    "own link": (lambda person, _desk: by_own_link(person), True, True),
    "number and telephone": (lambda person, _desk: by_number(person), False, False),
    "link sent to an address that staff gave": (by_new_address, False, False),
    "number and a telephone that staff gave": (by_new_telephone, False, False),
    "link that staff made": (by_link_that_staff_made, False, False),
    "link of a registration that staff merged": (by_merging_into_their_own, False, False),
}


@pytest.mark.parametrize("door", DOORS)
def test_each_door_opens_what_it_should(person, desk, door):
    way, sees_all, is_trusted = DOORS[door]

    visitor = way(person, desk)

    for pages, expected in [(PRIVATE, sees_all), (TO_OPEN_MORE, is_trusted), (STANDING, True)]:
        for page in pages:
            response = visitor.get(OWN + page)
            assert response.status_code == (200 if expected else 403), page
            assert sees_all or "CANARY" not in response.content.decode(), page
    assert ("is closed here" in read(visitor.get(OWN))) is not sees_all


@pytest.mark.parametrize("door", DOORS)
def test_own_page_tells_that_private_answers_changed_where_the_door_opens_them(person, desk, door):
    way, sees_all = DOORS[door][:2]
    visitor = way(person, desk)
    for what in (Change.NEEDS, Change.TRAVEL):
        Step.objects.create(registration=Registration.objects.get(), what=what)

    text = read(visitor.get(OWN))

    assert ("Languages, access or food changed" in text) is sees_all
    assert ("Journey and room changed" in text) is sees_all
    assert ("Journey and room: see them and change them" in text) is sees_all
    assert ("Answers changed" in text) is not sees_all


@pytest.mark.parametrize("page", [*PRIVATE[1:3], *TO_OPEN_MORE])
def test_nothing_can_be_sent_to_a_page_that_is_closed(person, page):
    before = Registration.objects.values().get(), InclusionAnswers.objects.values("pk").get()

    assert by_number(person).post(OWN + page, {"email": STRANGERS}).status_code == 403

    assert (Registration.objects.values().get(), InclusionAnswers.objects.values("pk").get()) == before


def test_registration_that_staff_merged_is_erased_and_changed_by_no_door_until_an_officer_opens_it(person, desk):
    merged = by_merging_into_their_own(person, desk)
    kept = Registration.objects.get()
    before = Registration.objects.values().get()

    for visitor in (merged, by_own_link(kept), by_number(kept)):
        assert {visitor.post(OWN + page, {"email": STRANGERS}).status_code for page in TO_OPEN_MORE} == {403}
    assert Registration.objects.values().get() == before

    member_of("Inclusion officers", Client()).post(f"{LIST}{kept.pk}/open/")
    assert by_own_link(kept).post(f"{OWN}erase/").status_code == 200
    assert not Registration.objects.exists()


# --- The private code ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("door", ["number and telephone", *list(DOORS)[2:5]])
def test_private_code_opens_the_rest_and_leads_on(person, desk, door):
    code = links.private_code(person)
    visitor = DOORS[door][0](person, desk)

    response = visitor.post(CODE, {"code": code.lower().replace("-", " "), "then": "own_data_page"})

    assert response.url == f"{OWN}data/"
    assert "CANARY note" in read(visitor.get(response.url))


@pytest.mark.parametrize("said_at", ["number and telephone", "the link itself"])
@pytest.mark.parametrize("seen", ["link sent to an address that staff gave", "link that staff made"])
def test_code_opens_this_browser_and_no_link_that_staff_have_seen(person, desk, seen, said_at):
    copy = DOORS[seen][0](person, desk)
    seen_link = links.address_for(person)
    Registration.objects.update(email="")  # so that number and telephone lead to the page
    participant = by_number(person) if said_at == "number and telephone" else came_by(seen_link)

    participant.post(CODE, {"code": links.private_code(person)})

    assert participant.get(f"{OWN}data/").status_code == 200
    for visitor in (copy, came_by(seen_link)):
        assert {visitor.get(f"{OWN}{page}").status_code for page in PRIVATE + TO_OPEN_MORE} == {403}


def test_link_that_the_participant_makes_opens_all_and_shuts_the_one_that_staff_have_seen(person, desk):
    copy, seen_link = by_link_that_staff_made(person, desk), links.address_for(person)
    participant = by_number(person)
    participant.post(CODE, {"code": links.private_code(person)})

    new_link = participant.post(f"{OWN}new-link/").context["link"]

    assert "CANARY note" in read(came_by(new_link).get(f"{OWN}data/"))
    assert {copy.get(OWN).status_code, came_by(seen_link).get(OWN).status_code} == {404}
    person.refresh_from_db()
    assert not links.registration_for(links.token_for(person)).is_trusted  # it goes to contacts that staff may know


def test_new_contact_that_was_taken_back_opens_nothing(person, desk):
    change_in_admin(desk, person, email=STRANGERS)
    sent_to_stranger = links.token_for(person)
    change_in_admin(desk, person, email="dara@example.org")

    by_new_address_again = came_by(links.address_for(person))
    by_new_address_again.post(CODE, {"code": links.private_code(person)})

    assert links.registration_for(sent_to_stranger) is None


def test_link_from_before_stays_open_when_staff_change_a_contact(person, desk):
    own = links.address_for(person)

    change_in_admin(desk, person, email=STRANGERS, phone="012 999 999")

    assert "CANARY note" in read(came_by(own).get(f"{OWN}data/"))


@pytest.mark.parametrize(("then", "leads_to"), [("own_needs", f"{OWN}needs/"), ("//example.org", OWN), ("", OWN)])
def test_code_leads_to_pages_of_the_own_page_only(person, then, leads_to):
    assert by_number(person).post(CODE, {"code": links.private_code(person), "then": then}).url == leads_to


@pytest.mark.parametrize("typed", ["", "AAAA-AAAA", "អអអអ", "A" * 300, "\x00"])
def test_wrong_code_opens_nothing_and_says_so(person, typed):
    visitor = by_number(person)

    response = visitor.post(CODE, {"code": typed})

    assert response.status_code == 200
    assert "Error:" in read(response)
    assert visitor.get(f"{OWN}data/").status_code == 403


def test_number_that_is_printed_is_no_private_code(person):
    visitor = by_number(person)

    visitor.post(CODE, {"code": person.code})

    assert visitor.get(f"{OWN}data/").status_code == 403


def test_sixth_wrong_code_of_a_visitor_is_stopped_and_another_visitor_is_not(person):
    stranger = by_number(person)
    for _time in range(6):
        said = read(stranger.post(CODE, {"code": "AAAA-AAAA"}))
    assert "tried too often" in said
    stranger.post(CODE, {"code": links.private_code(person)})
    assert stranger.get(f"{OWN}data/").status_code == 403

    home = Client(REMOTE_ADDR="192.0.2.7")
    home.post(FIND, {"number": person.spoken_code, "phone": phone(person.phone)})
    home.post(CODE, {"code": links.private_code(person)})

    assert home.get(f"{OWN}data/").status_code == 200


def test_code_survives_a_new_link_by_staff_and_not_one_by_the_participant(person, desk):
    code = links.private_code(person)
    by_link_that_staff_made(person, desk)
    assert links.private_code(person) == code

    links.trust_doors(person)
    page = by_own_link(person).post(f"{OWN}new-link/")

    person.refresh_from_db()
    assert links.private_code(person) != code
    assert links.private_code(person) in read(page)


def test_code_survives_a_change_of_the_secret_key(person, settings):
    code = links.private_code(person)

    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another secret key of this test"

    assert links.is_private_code(person, code)
    assert not links.is_private_code(person, "AAAA-AAAA")


def test_code_is_told_to_the_participant_alone(edition, settings):
    settings.SENDS_EMAIL, settings.OUTBOX_THREAD = True, False
    visitor = Client()

    send_pages(visitor, "/en/2024/register/", form_data(edition))
    slip = read(visitor.get("/en/2024/register/thanks/"))
    visitor.post("/en/2024/register/others/", others_data(edition, {}))
    slips = read(visitor.get("/en/2024/register/others/thanks/"))
    another = Client()
    send_pages(another, "/en/2024/register/", form_data(edition, email="dara@example.org", name_latin="OTHER"))
    by_email = read(another.get("/en/2024/register/thanks/"))
    outbox.send_due()

    codes = [links.private_code(row) for row in Registration.objects.order_by("pk")]
    assert codes[0] in slip
    assert codes[1] in slips
    assert codes[2] not in by_email
    assert codes[2] in mail.outbox[0].body


# --- A contact that staff change -------------------------------------------------------------------------------------

CONTACTS = [
    ({"email": "dara@example.org"}, {"email": STRANGERS}, ["dara@example.org"]),
    ({}, {"phone": "012 999 999"}, ["+85512323045"]),
    ({"telegram": "@sokdara"}, {"telegram": "@another"}, ["@sokdara"]),
    ({}, {"email": STRANGERS}, ["+85512323045"]),  # added: told as they were reached until now
    ({"email": "dara@example.org"}, {"email": "", "phone": "012 999 999"}, ["+85512323045", "dara@example.org"]),
    ({"email": "dara@example.org"}, {"email": "DARA@example.org", "organisation": "Another"}, []),
]


@pytest.mark.parametrize(("had", "typed", "told"), CONTACTS)
@pytest.mark.parametrize("side", ["admin", "merge"])
def test_old_contact_is_told(person, desk, side, had, typed, told):
    if side == "merge" and not set(typed) - set(had) - {"phone", "organisation"}:
        typed = {}  # merging only fills what is empty
        told = []
    Registration.objects.update(**had)
    person.refresh_from_db()
    if side == "admin":
        change_in_admin(desk, person, **typed)
    else:
        other = make_registration(person.edition, **{"name_latin": "KUMROU Same", **typed})
        desk.post(f"{LIST}{person.pk}/merge/{other.pk}/", {"keep": person.pk})
        person.refresh_from_db()

    messages = person.messages.filter(kind=MessageKind.CONTACT)

    assert sorted(messages.values_list("contact", flat=True)) == told
    assert person.is_closed_to_some is (bool(told) or side == "merge")


def test_warning_goes_to_the_old_address_without_link_and_code_and_the_address_is_forgotten(person, desk, settings):
    settings.SENDS_EMAIL, settings.OUTBOX_THREAD = True, False
    Registration.objects.update(email="dara@example.org")
    change_in_admin(desk, person, email=STRANGERS)
    Client().post(FIND, {"email": STRANGERS})

    outbox.send_due()

    warning, link = (next(one for one in mail.outbox if one.to == [to]) for to in ("dara@example.org", STRANGERS))
    assert "If not, call us at once." in warning.body
    assert OWN not in warning.body
    assert links.token_for(person) in link.body
    for one in (warning, link):
        assert links.private_code(person) not in one.body
    assert not Message.objects.exclude(contact="").exists()


def test_warning_that_is_said_on_the_telephone_names_the_old_number(person, desk):
    change_in_admin(desk, person, phone="012 999 999")
    message = person.messages.get(kind=MessageKind.CONTACT)

    text = read(desk.get(f"/admin/registration/message/{message.pk}/change/"))

    assert message.state == MessageState.TO_CALL
    assert "012 323 045" in text
    assert "call us at once" in text
    desk.post("/admin/registration/message/", {"action": "mark_called", "_selected_action": [message.pk]})
    assert Message.objects.get(pk=message.pk).contact == ""


def test_warning_outlives_a_merge(person, desk):
    change_in_admin(desk, person, phone="012 999 999")
    other = make_registration(person.edition, name_latin="KUMROU Same")
    transitions.cancel(person)

    desk.post(f"{LIST}{person.pk}/merge/{other.pk}/", {"keep": person.pk})

    assert person.messages.filter(kind=MessageKind.CONTACT, contact="+85512323045").exists()


# --- What staff do is logged, and officers open ----------------------------------------------------------------------


def test_new_link_by_staff_is_logged_and_told_in_the_history(person, desk):
    visitor = by_link_that_staff_made(person, desk)

    line = AccessLog.objects.get()
    assert (line.look, line.subject) == (Look.LINK, f"registration {person.spoken_code}")
    assert "A new link; the old one no longer opens (by the organisers)" in read(visitor.get(OWN))


@pytest.mark.parametrize("door", ["link sent to an address that staff gave", "link that staff made"])
def test_officer_opens_what_is_closed(person, desk, door):
    DOORS[door][0](person, desk)
    person.refresh_from_db()
    officer = member_of("Inclusion officers", Client())
    page = f"{LIST}{person.pk}/open/"
    assert page in officer.get(f"{LIST}{person.pk}/change/").content.decode()
    assert "code opens it only in the browser in which they type it" in read(officer.get(page))

    assert officer.post(page).status_code == 302

    person.refresh_from_db()
    assert "CANARY note" in read(by_own_link(person).get(f"{OWN}data/"))
    assert AccessLog.objects.filter(look=Look.OPEN, subject=f"registration {person.spoken_code}").count() == 1
    assert Step.objects.filter(what=Change.OPENED, by__username="Inclusion officers").count() == 1
    assert page not in officer.get(f"{LIST}{person.pk}/change/").content.decode()


def test_officer_opens_what_was_merged(person, desk):
    by_merging_into_their_own(person, desk)
    kept = Registration.objects.get()
    officer, page = member_of("Inclusion officers", Client()), f"{LIST}{kept.pk}/open/"
    assert "closed to every link and to the private code" in read(officer.get(page))

    officer.post(page)

    kept.refresh_from_db()
    assert by_own_link(kept).get(f"{OWN}data/").status_code == 200


@pytest.mark.parametrize("group", ["Registration desk", "Travel desk", "Observers"])
def test_others_open_nothing(person, desk, group):
    by_new_address(person, desk)
    member = desk if group == "Registration desk" else member_of(group, Client())

    page = f"{LIST}{person.pk}/open/"
    assert {member.get(page).status_code, member.post(page).status_code} == {403}

    person.refresh_from_db()
    assert person.is_closed_to_some


def test_merging_by_staff_who_see_the_answers_anyway_closes_nothing(person):
    other = make_registration(person.edition, inclusion={"access_note": "CANARY other"})

    merging.merge(person, other, by=get_user_model().objects.create_superuser("chief"))

    person.refresh_from_db()
    assert not person.is_sealed


# --- What the secrets are made of ------------------------------------------------------------------------------------


def test_link_of_a_person_gone_opens_no_other_who_was_given_the_same_row_number(person):
    secret = links.token_for(person).partition("-")[2]
    Registration.objects.update(code="AAAA222")

    assert links.registration_for(f"AAAA222-{secret}") is None


@pytest.mark.parametrize(("code_version", "opens"), [(0, True), (1, False)])
def test_link_from_before_the_number_was_signed_opens_for_those_who_had_one(person, settings, code_version, opens):
    Registration.objects.update(code_version=code_version)
    old = salted_hmac("registration.links", f"{person.pk}:1", secret=settings.SECRET_KEY, algorithm="sha256")

    found = links.registration_for(f"{person.code}-{old.hexdigest()[:32]}")

    assert bool(found) is opens
    assert not found or found.is_trusted


# --- Limits ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("known", ["number", "phone"])
def test_stranger_shuts_no_person_out(person, known):
    numbers = {"number": person.spoken_code, "phone": phone(person.phone)}
    stranger = Client(REMOTE_ADDR="192.0.2.66")
    for number in range(7):
        wrong = {"number": f"222-22{number + 22}", "phone": f"012 888 8{number:02}"}
        said = read(stranger.post(FIND, wrong | {known: numbers[known]}))
    assert "tried too often" in said

    assert Client(REMOTE_ADDR="192.0.2.7").post(FIND, numbers).url == OWN


def test_visitor_does_not_try_any_number_of_people(person, monkeypatch):
    monkeypatch.setattr(finding, "BY_NUMBER", Limit("visitor", an_hour=6))
    numbers = {"number": person.spoken_code, "phone": phone(person.phone)}

    for number in range(6):
        wrong = {"number": f"22{number + 2}-2222", "phone": f"012 888 8{number:02}"}
        said = read(Client().post(FIND, wrong))  # a new browser is the same visitor
        assert "tried too often" not in said

    assert "tried too often" in read(Client().post(FIND, numbers))
    assert Attempt.objects.count() == 18
