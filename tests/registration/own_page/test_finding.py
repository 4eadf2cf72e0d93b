"""Finding one's own registration again: who may, and what a stranger learns from it."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from conference.models import Attempt
from conference.words import phone
from registration.choices import MessageKind
from registration.models import Intake, Message, Registration
from registration.signing_up import transitions
from tests.factories import make_answers, make_registration, sign_up
from tests.pages import read

FIND = "/en/2024/register/find/"
OWN = "/en/registration/"
CSRF = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
NOT_HERE = {"number": "222-2222", "phone": "012 999 999"}


@pytest.fixture(autouse=True)
def _same_second(monkeypatch):
    """The header Expires tells the second: two answers may fall into different ones."""
    monkeypatch.setattr("django.utils.cache.http_date", lambda _moment: "the same second")
    # Each request has a number of its own, drawn by chance.
    monkeypatch.setattr("conference.serving.request_log._number_of", lambda _request: "0123456789")


@pytest.fixture
def person(edition):
    """Without e-mail."""
    return make_registration(edition, phone="+85512323045")


@pytest.fixture
def with_email(edition):
    return make_registration(edition, phone="+85512323046", email="dara@example.org")


def numbers_of(registration, **changes):
    return {"number": registration.spoken_code, "phone": phone(registration.phone), **changes}


def answer(client, data):
    """All that a visitor gets to see, except the token and what the visitor typed."""
    response = client.post(FIND, data)
    html = CSRF.sub("", response.content.decode())
    for typed in data.values():
        html = html.replace(f'value="{typed}"', "")
    return response.status_code, sorted((name, value) for name, value in response.headers.items()), html


def links_sent():
    return Message.objects.filter(kind=MessageKind.LINK).count()


def work(client, data):
    """The kinds of statements, as they come; how a transaction ends aside."""
    with CaptureQueriesContext(connection) as captured:
        client.post(FIND, data)
    # On PostgreSQL a limit is counted under a lock that is named by a number, another one for each telephone.
    statements = [re.sub(r"lock\(\d+\)", "lock(KEY)", query["sql"]).split(" ", 3)[:3] for query in captured]
    return ["MARK" if words[0] in {"RELEASE", "ROLLBACK", "SAVEPOINT"} else words for words in statements]


# --- By number and telephone -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["{0}-{1}", "{0}{1}", " {0} {1} ", "{0}–{1}"])
@pytest.mark.parametrize("case", [str.upper, str.lower])
def test_number_and_telephone_open_the_own_page_however_they_are_typed(client, person, typed, case):
    number = case(typed.format(person.code[:3], person.code[3:]))

    response = client.post(FIND, {"number": number, "phone": "012 32 30 45"})

    assert response.url == OWN
    assert person.spoken_code in read(client.get(OWN))


def test_khmer_digits_are_digits(client, person):
    Registration.objects.update(code="2345678")

    assert client.post(FIND, {"number": "២៣៤-៥៦៧៨", "phone": "០១២៣២៣០៤៥"}).url == OWN


@pytest.mark.parametrize("changes", [{"number": "222-2222"}, {"phone": "012 999 999"}])
def test_one_of_the_two_opens_nothing(client, person, changes):
    response = client.post(FIND, numbers_of(person, **changes))

    assert "No registration opens here" in read(response)
    assert client.get(OWN).status_code == 404


def test_who_gave_an_address_gets_the_link_there_and_the_page_says_what_it_says_to_strangers(client, with_email):
    assert answer(Client(), numbers_of(with_email)) == answer(Client(), NOT_HERE)

    assert links_sent() == 1


def test_number_takes_the_same_work_whether_it_is_known_or_not(client, with_email):
    assert work(client, numbers_of(with_email)) == work(client, NOT_HERE)


def test_second_number_opens_nothing(client, with_email):
    repeated = sign_up(with_email.edition, make_answers(with_email.edition, email="dara@example.org"))

    client.post(FIND, numbers_of(with_email, number=repeated.code))

    assert links_sent() == 1  # of signing up again


def test_number_opens_nothing_once_personal_data_is_to_be_erased(client, person):
    Intake.objects.update(erase_all_on=timezone.localdate())

    assert "No registration opens here" in read(client.post(FIND, numbers_of(person)))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"number": "", "phone": ""}, "Write your reference number."),
        ({"number": "K7M-42QR-X", "phone": "012 000 001"}, "three and four letters or digits"),
        ({"number": "K7M-42QR", "phone": ""}, "Write your telephone number."),
        ({"number": "K7M-42QR", "phone": "117"}, "Write one telephone number in digits"),
    ],
)
def test_what_is_wrong_is_said_and_kept(client, edition, data, words):
    response = client.post(FIND, data)

    assert words in read(response)
    assert data["number"] in response.content.decode()
    assert not Attempt.objects.exists()


# --- Too often -------------------------------------------------------------------------------------------------------


def try_in_vain(client, times, **data):
    for number in range(times):
        last = client.post(FIND, {"number": f"222-22{number + 22}", "phone": f"012 888 8{number:02}", **data})
    return last


@pytest.mark.parametrize("known", ["number", "phone"])
def test_sixth_try_within_an_hour_is_stopped_even_if_it_is_right(client, person, known):
    assert "tried too often" not in read(try_in_vain(client, 5, **{known: numbers_of(person)[known]}))

    response = client.post(FIND, numbers_of(person))

    assert "tried too often: try again in an hour, or call us" in read(response)
    assert client.get(OWN).status_code == 404


def test_who_is_stopped_learns_nothing(with_email):
    stopped = []
    for data in (numbers_of(with_email), NOT_HERE):
        client = Client()
        stopped.append([answer(client, data) for _time in range(7)])

    assert stopped[0] == stopped[1]
    assert "tried too often" in stopped[0][5][-1]
    assert links_sent() == 3


def test_after_an_hour_the_right_number_opens(client, person):
    try_in_vain(client, 9, number=person.code)
    Attempt.objects.update(at=timezone.now() - timedelta(hours=1, seconds=1))

    assert client.post(FIND, numbers_of(person)).url == OWN


def test_right_number_may_be_used_as_often_as_one_likes(client, person):
    for _time in range(8):
        assert client.post(FIND, numbers_of(person)).url == OWN


def test_attempts_tell_nothing_and_are_forgotten_after_an_hour(client, person):
    client.post(FIND, numbers_of(person, number="222-2222"))
    kept = str(list(Attempt.objects.values()))
    assert person.phone not in kept
    assert "2222222" not in kept
    Attempt.objects.update(at=timezone.now() - timedelta(hours=2))

    call_command("tend_registration")

    assert not Attempt.objects.exists()


def test_number_opens_nothing_where_staff_have_taken_the_intake_away(client, person):
    Intake.objects.all().delete()

    response = client.post(FIND, numbers_of(person))

    assert response.status_code == 200
    assert person.name_latin not in read(response)


# --- By e-mail -------------------------------------------------------------------------------------------------------


def test_address_takes_the_same_work_whether_it_is_known_or_not(client, with_email):
    assert work(client, {"email": with_email.email}) == work(client, {"email": "unknown@example.org"})


def test_everybody_who_signed_up_with_one_address_is_sent_their_link(client, with_email):
    make_registration(with_email.edition, email="DARA@example.org", name_km="", name_latin="KUMROU Second")
    transitions.cancel(make_registration(with_email.edition, email="dara@example.org", name_km="", name_latin="OTHER"))

    client.post(FIND, {"email": "dara@example.org"})

    assert links_sent() == 2
