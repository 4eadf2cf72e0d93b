"""Signing in: the limit of tries, the second factor, the pages between the password and the session."""

import re
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.template.loader import render_to_string
from django.utils import timezone

from conference.account_tables import Account, AccountEvent, RecoveryCode
from conference.accounts import factor, tries
from conference.accounts.sign_in import WRONG_CODES_IN_A_DAY
from conference.models import Attempt
from conference.serving import attempts
from conference.serving.sessions import SessionStore
from tests.crawl import addresses, routes
from tests.factories import make_registration
from tests.pages import read
from tests.signing_in import (
    APP,
    CODE,
    ELSEWHERE,
    GO_ON,
    LOGIN,
    PASSWORD,
    RIGHT,
    give_password,
    is_in,
    sign_in,
    visitor,
)

pytestmark = pytest.mark.django_db

What = AccountEvent.What


# --- The password ----------------------------------------------------------------------------------------------------


def test_password_alone_opens_where_no_second_factor_is_required(dara):
    client = visitor()

    assert give_password(client, next="/admin/guide/").url == "/admin/guide/"
    assert is_in(client)


@pytest.mark.parametrize(
    "there",
    [
        *("//evil.example", "https://evil.example/", "javascript:alert(1)", "/\\evil.example", "///evil.example"),
        *("word", "home", "?x=1", "..//evil.example", ""),  # no address, or one that depends on where it is read
    ],
)
def test_signing_in_leads_to_no_other_site(dara, there):
    client = visitor()

    assert give_password(client, next=there).url == "/admin/"
    assert client.get(LOGIN, {"next": there}).url == "/admin/"


def test_session_of_a_visitor_has_another_name_once_the_password_is_given(dara, required):
    """Else a stranger who had put their own session into the browser could take the next step in its place."""
    client = visitor()
    session = SessionStore()
    session["anything"] = 1
    session.save()
    client.cookies["session"] = before = session.session_key

    give_password(client)

    assert client.session.session_key != before
    assert not Session.objects.filter(pk=before).exists()


def test_stranger_who_guesses_is_refused_and_the_colleague_gets_in(dara):
    stranger = visitor()
    answers = [give_password(stranger, password=f"guess {number}").status_code for number in range(25)]

    refused = give_password(stranger)

    assert answers == [200] * 5 + [429] * 20
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == "900"
    assert not is_in(stranger)
    assert give_password(visitor(ELSEWHERE)).status_code == 302


def test_others_at_the_same_address_get_in(dara):
    User.objects.create_superuser("sokha", password=RIGHT)
    for number in range(25):
        give_password(visitor(), password=f"guess {number}")

    assert give_password(visitor(), name="sokha").status_code == 302


def test_stranger_gets_in_no_sooner_by_another_spelling_of_the_name(dara):
    for number in range(5):
        give_password(visitor(), name="Dara", password=f"guess {number}")

    assert give_password(visitor()).status_code == 429


def test_quarter_of_an_hour_later_it_may_be_tried_again(dara):
    for number in range(9):
        give_password(visitor(), password=f"guess {number}")
    Attempt.objects.update(at=timezone.now() - attempts.QUARTER)

    assert give_password(visitor()).status_code == 302


def test_colleague_gets_in_with_a_browser_of_before_whatever_others_do_at_that_address(dara):
    client = sign_in(visitor())
    client.post("/admin/logout/")
    for number in range(30):
        give_password(visitor(), password=f"guess {number}")
        give_password(visitor(), name=f"name {number}")

    assert give_password(visitor()).status_code == 429
    assert give_password(client).status_code == 302


def test_browser_of_before_has_few_tries_as_well(dara):
    client = sign_in(visitor())
    client.post("/admin/logout/")

    answers = [give_password(client, password=f"guess {number}").status_code for number in range(9)]

    assert answers == [200] * 5 + [429] * 4
    assert give_password(client).status_code == 429


def test_browser_of_one_account_is_unknown_to_the_others(dara):
    sokha = User.objects.create_superuser("sokha", password=RIGHT)
    client = sign_in(visitor())
    client.post("/admin/logout/")
    for number in range(5):
        give_password(visitor(), name="sokha", password=f"guess {number}")

    assert give_password(client, name="sokha").status_code == 429
    assert not sokha.account_events.exists()


def test_made_up_browser_is_an_unknown_one(dara):
    for number in range(5):
        give_password(visitor(), password=f"guess {number}")
    client = visitor()
    client.cookies["known-browser"] = "WyJ4IiwgWzFdXQ:1tXyZa:made-up"

    assert give_password(client).status_code == 429


def test_many_addresses_cost_few_checks(in_a_hurry, dara, monkeypatch):
    """What is beyond the limits reaches no check of a password, which takes a quarter of a second."""
    checked = []
    monkeypatch.setattr("django.contrib.auth.forms.authenticate", lambda *_args, **_kw: checked.append(1))

    answers = [give_password(visitor(f"192.0.2.{one % 40}"), name=f"name {one}").status_code for one in range(80)]

    # 40 addresses begin, of which 15 get a check. Those 15 come once more, and 3 of them get another.
    assert len(checked) == answers.count(200) == 18
    assert answers.count(429) == 62


def test_process_checks_one_password_at_a_time(dara, monkeypatch):
    known = sign_in(visitor())
    known.post("/admin/logout/")
    monkeypatch.setattr(tries, "PATIENCE", 0.001)
    with tries._turn:
        answers = [give_password(client) for client in (visitor(), known)]

    assert [answer.status_code for answer in answers] == [429, 429]
    assert "Many people are signing in at this moment" in read(answers[0])
    assert not Attempt.objects.exists()
    assert give_password(visitor()).status_code == 302


def test_browser_of_before_waits_for_its_turn_and_the_others_do_not(dara, monkeypatch):
    known = sign_in(visitor())
    known.post("/admin/logout/")
    waited = []

    class Turn:
        def acquire(self, timeout):
            waited.append(timeout)
            return False

    monkeypatch.setattr(tries, "_turn", Turn())
    give_password(known)
    give_password(visitor())

    assert waited == [3, 0]


def test_guesses_that_come_at_once_are_counted_too(dara, monkeypatch):
    """Each of them saw no other when it looked first, and went on."""
    monkeypatch.setattr(attempts, "refuse", lambda _seen, **_ahead: None)

    answers = [give_password(visitor(), password=f"guess {number}").status_code for number in range(7)]

    assert answers == [200] * 5 + [429] * 2


def test_addresses_that_guess_use_nothing_up_of_those_that_do_not(in_a_hurry, dara):
    guessing = [visitor(f"192.0.2.{number}") for number in range(10)]
    answers = [give_password(one, password=f"guess {turn}").status_code for turn in range(3) for one in guessing]

    assert 429 in answers
    assert give_password(visitor(ELSEWHERE)).status_code == 302


def test_crowd_behind_one_address_gets_in(dara):
    """Right passwords do not count, however many."""
    clients = [visitor() for _number in range(30)]

    assert {give_password(client).status_code for client in clients} == {302}
    assert not Attempt.objects.exists()


def test_refused_guess_costs_one_query_for_the_limit_and_writes_nothing(dara, django_assert_max_num_queries):
    for number in range(5):
        give_password(visitor(), password=f"guess {number}")
    before = Attempt.objects.count()

    with django_assert_max_num_queries(1):
        refused = give_password(visitor())

    assert refused.status_code == 429
    assert Attempt.objects.count() == before


def test_refused_guess_gets_the_sheets_of_the_page_for_signing_in(client, db):
    sheets = [
        set(re.findall(r'rel="stylesheet" href="([^"]+)"', page))
        for page in (client.get("/admin/login/").content.decode(), render_to_string("admin/account/too_often.html"))
    ]

    assert {one for one in sheets[0] if "nav_sidebar" not in one} == sheets[1]  # else it is not for a telephone


def test_refused_guess_gets_a_small_page_that_keeps_what_was_typed(dara):
    """It costs little: no menu, no frame of the admin."""
    for number in range(5):
        give_password(visitor(), password=f"guess {number}")

    refused = give_password(visitor(), password="a quite long password", next="/admin/guide/")

    assert [template.name for template in refused.templates] == ["admin/account/too_often.html"]
    page = refused.content.decode()
    assert 'role="alert"' in page
    assert 'value="dara"' in page
    assert 'value="/admin/guide/"' in page
    assert "a quite long password" not in page
    assert "ភាសាខ្មែរ" in page


def test_tries_from_a_time_that_is_still_to_come_keep_no_colleague_out(dara):
    """The clock of the server was ahead, and was put right."""
    for number in range(25):
        give_password(visitor(), name=["dara", "sokha"][number % 2], password=f"guess {number}")
    Attempt.objects.update(at=timezone.now() + timedelta(days=180))

    assert give_password(visitor()).status_code == 302


@pytest.mark.parametrize("name", ["dara", "no-such-name", "retired", "participant"])
def test_known_and_unknown_names_get_the_same_answer_for_the_same_work(dara, name, monkeypatch):
    User.objects.create_user("retired", password=RIGHT, is_staff=True, is_active=False)
    User.objects.create_user("participant", password=RIGHT)
    hashed = []
    monkeypatch.setattr(
        "django.contrib.auth.hashers.MD5PasswordHasher.encode", lambda *_args, **_kw: hashed.append(1) or "md5$a$b"
    )

    response = give_password(visitor(), name=name, password="a wrong password")

    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode()).replace(name, "NAME")
    assert len(hashed) == 1
    assert "Please enter the correct username and password" in page
    unknown = give_password(visitor(ELSEWHERE), name="another", password="a wrong password").content.decode()
    assert page == re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", unknown).replace("another", "NAME")


@pytest.mark.parametrize("name", ["retired", "participant"])
def test_right_password_of_an_account_that_may_not_sign_in_says_no_more(dara, name):
    User.objects.create_user("retired", password=RIGHT, is_staff=True, is_active=False)
    User.objects.create_user("participant", password=RIGHT)

    assert "Please enter the correct username and password" in read(give_password(visitor(), name=name))


def test_language_may_be_switched_before_signing_in(client, db):
    page = client.get(f"{LOGIN}?next=/admin/guide/").content.decode()

    assert "ភាសាខ្មែរ" in page
    assert '<input type="hidden" name="next" value="/admin/login/?next=/admin/guide/">' in page


# --- The second factor -----------------------------------------------------------------------------------------------


def test_every_page_of_staff_is_closed_to_a_session_with_the_password_only(dara, edition, required, client):
    client.force_login(dara)
    registration = make_registration(edition)
    open_to_all = (LOGIN, "/admin/jsi18n/", "/admin/logout/", "/admin/forgotten/", "/admin/new-password/")
    # A script without a word about a person, and where a code on paper signs in.
    open_to_all += ("/admin/desk/worker.js", "/admin/volunteer/")
    asked, opened = 0, set()

    for route in [one for one in routes() if one.startswith("admin/") or "draft/" in one]:
        address = next(iter(addresses(route, registration)), None)
        if address is None or address.startswith(open_to_all):
            continue
        for response in (client.get(address), client.post(address)):
            is_sent_away = response.status_code == 302 and response.url.startswith(LOGIN)
            asked += is_sent_away
            if not is_sent_away and response.status_code not in (301, 404, 405):
                opened.add(f"{address} {response.status_code}")

    assert opened == set()
    assert asked > 300
    assert client.get("/admin/").url == "/admin/login/?next=/admin/"


def test_session_of_before_is_closed_once_the_second_factor_is_required(dara, settings):
    client = sign_in(visitor())
    assert is_in(client)

    settings.REQUIRE_SECOND_FACTOR = True

    assert not is_in(client)


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}])
def test_account_that_is_closed_meanwhile_goes_no_further(dara, required, app, change):
    client = visitor()
    give_password(client)
    User.objects.update(**change)

    assert client.post(CODE, {"code": app()}).url == LOGIN


def test_first_sign_in_sets_the_app_up(dara, required):
    client = visitor()

    assert give_password(client, next="/admin/guide/").url == APP
    page = client.get(APP)
    secret = re.search(r'class="secret">([A-Z2-7 ]+)<', page.content.decode())[1]
    assert "<svg" in page.content.decode()
    assert not is_in(client)
    wrong = client.post(APP, {"code": "000000"})
    assert "This code is not right" in read(wrong)
    assert not factor.is_set_up(dara)

    salt = client.session["signing_in"]["salt"]
    assert secret == factor.spoken_secret(dara, salt)
    codes = client.post(APP, {"code": factor.code_now(dara, salt)})

    assert len(re.findall(r"<code>\d{4} \d{4} \d{4}</code>", codes.content.decode())) == 10
    assert client.post(GO_ON).url == "/admin/guide/"
    assert is_in(client)
    assert set(dara.account_events.values_list("what", flat=True)) == {What.FACTOR, What.SIGNED_IN}


def test_code_of_the_app_opens_once(dara, required, app):
    client = visitor()

    assert give_password(client).url == CODE
    assert not is_in(client)
    code = app()
    assert client.post(CODE, {"code": code}).url == "/admin/"
    assert is_in(client)

    second = visitor(ELSEWHERE)
    give_password(second)
    assert "used already" in read(second.post(CODE, {"code": code}))
    assert not is_in(second)


def test_app_is_asked_also_where_it_is_not_required(dara, app):
    client = visitor()

    assert give_password(client).url == CODE
    assert not is_in(client)
    assert is_in(sign_in(client, app))


def test_code_is_read_in_khmer_digits_and_in_groups(dara, app):
    client = visitor()
    give_password(client)
    code = app()
    khmer = code.translate(str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩"))

    assert client.post(CODE, {"code": f"{khmer[:3]} {khmer[3:]}"}).status_code == 302


def test_recovery_code_opens_once_and_lies_nowhere(dara, required, app):
    spoken = app.recovery_codes[3]
    assert not RecoveryCode.objects.filter(hashed__contains=spoken.replace(" ", "")).exists()
    first, second = visitor(), visitor(ELSEWHERE)
    give_password(first)
    give_password(second)

    assert first.post(CODE, {"code": spoken}).status_code == 302
    assert second.post(CODE, {"code": spoken}).status_code == 200
    assert dara.recovery_codes.count() == 9
    assert dara.account_events.filter(what=What.RECOVERY).count() == 1


@pytest.mark.parametrize("page", [APP, PASSWORD, GO_ON])
def test_password_alone_puts_no_other_app_in_the_place_of_the_owners(dara, required, app, page):
    client = visitor()
    give_password(client)

    for response in (client.get(page), client.post(page, {"code": app(), "new_password1": "x", "new_password2": "x"})):
        assert response.url == CODE
    assert not is_in(client)


@pytest.mark.parametrize("page", [CODE, APP, PASSWORD, GO_ON])
def test_steps_begin_with_the_password(dara, required, client, page):
    assert client.get(page).url == LOGIN
    assert client.post(page, {"code": "123456"}).url == LOGIN


def test_step_waits_a_quarter_of_an_hour_and_for_the_same_password(dara, app):
    late, changed = visitor(), visitor(ELSEWHERE)
    give_password(late)
    give_password(changed)
    session = late.session
    session["signing_in"] = session["signing_in"] | {"at": session["signing_in"]["at"] - 901}
    session.save()

    assert late.get(CODE).url == LOGIN
    assert changed.get(CODE).status_code == 200
    dara.set_password("another password")
    dara.save()
    assert changed.get(CODE).url == LOGIN


def test_codes_are_tried_few_times_and_the_owner_is_told(dara, app):
    client = visitor()
    give_password(client)
    answers = [client.post(CODE, {"code": "000000"}).status_code for _number in range(8)]

    assert answers == [200] * 5 + [429] * 3
    assert client.post(CODE, {"code": app()}).status_code == 429
    owner = visitor(ELSEWHERE)
    give_password(owner)
    assert owner.post(CODE, {"code": app()}).status_code == 302
    assert dara.account_events.filter(what=What.WRONG_CODE).count() == 5


def test_many_addresses_have_few_tries_for_a_code_together(dara, app):
    known = sign_in(visitor(ELSEWHERE), app)
    known.post("/admin/logout/")
    answers = []
    for number in range(4):
        client = visitor(f"192.0.2.{number}")
        give_password(client)
        answers += [client.post(CODE, {"code": "000000"}).status_code for _number in range(4)]

    assert answers == [200] * 10 + [429] * 6
    give_password(known)
    assert known.post(CODE, {"code": app()}).status_code == 302


def wrong_codes(user, number):
    now = timezone.now()
    AccountEvent.objects.bulk_create(
        AccountEvent(user=user, what=What.WRONG_CODE, at=now) for _number in range(number)
    )


def test_thief_of_a_password_has_few_tries_for_a_code_in_a_day(dara, app):
    known = sign_in(visitor(ELSEWHERE), app)
    known.post("/admin/logout/")
    wrong_codes(dara, WRONG_CODES_IN_A_DAY)
    thief = visitor()
    give_password(thief)
    give_password(known)

    refused = thief.post(CODE, {"code": app()})

    assert refused.status_code == 429
    assert "Come back tomorrow" in read(refused)
    assert known.post(CODE, {"code": app()}).status_code == 302
    dara.account_events.update(at=timezone.now() - timedelta(days=1))
    assert thief.post(CODE, {"code": app()}).status_code == 302


def test_browser_that_is_known_has_few_tries_for_a_code_in_a_day_as_well(dara, app):
    known = sign_in(visitor(), app)
    known.post("/admin/logout/")
    wrong_codes(dara, 2 * WRONG_CODES_IN_A_DAY)
    give_password(known)

    assert known.post(CODE, {"code": app()}).status_code == 429


def test_older_key_of_the_site_still_makes_the_codes(dara, app, settings):
    code = app()
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key of fifty letters, all of them by chance"

    assert factor.takes(dara, code)
    assert factor.takes(dara, app.recovery_codes[0].replace(" ", ""))


def test_key_that_has_leaked_makes_no_codes_and_the_operator_lets_the_owner_in(dara, required, app, settings, capsys):
    code = app()
    settings.SECRET_KEY = "another key of fifty letters, all of them by chance"
    client = visitor()
    give_password(client)

    assert client.post(CODE, {"code": code}).status_code == 200
    assert client.post(CODE, {"code": app.recovery_codes[0]}).status_code == 200
    call_command("account_link", "dara", "--lost-app")
    assert give_password(visitor(ELSEWHERE)).url == APP


def test_secret_lies_neither_in_the_database_nor_in_a_session(dara, required):
    client = visitor()
    give_password(client)
    client.get(APP)
    secret = factor.spoken_secret(dara, client.session["signing_in"]["salt"]).replace(" ", "")

    kept = str([row.get_decoded() for row in Session.objects.all()]) + str(list(Account.objects.values()))
    assert secret not in kept


def test_length_of_a_password_is_said_in_the_digits_of_the_language(dara, client):
    client.force_login(dara)
    client.cookies["language"] = "km"
    short = {"old_password": RIGHT, "new_password1": "short", "new_password2": "short"}

    assert "យ៉ាងតិច ១០ តួអក្សរ" in read(client.get("/admin/password_change/"))
    assert "ខ្លីពេក។ ត្រូវមានយ៉ាងតិច ១០ តួអក្សរ" in read(client.post("/admin/password_change/", short))


# --- A password that another person made -----------------------------------------------------------------------------


def test_first_password_lies_in_a_file_until_it_is_changed(db, capsys, settings):
    call_command("set_up_staff")
    file = settings.FIRST_PASSWORD_FILE
    name, password = file.read_text().split()

    said = capsys.readouterr().out
    assert str(file) in said
    assert password not in said
    assert file.stat().st_mode & 0o777 == 0o600
    call_command("set_up_staff")
    assert str(file) in capsys.readouterr().out

    client = visitor()
    assert give_password(client, name, password).url == PASSWORD
    assert not is_in(client)
    same = client.post(PASSWORD, {"new_password1": password, "new_password2": password})
    assert "Choose another one" in read(same)
    weak = client.post(PASSWORD, {"new_password1": "12345", "new_password2": "12345"})
    assert "too short" in read(weak)
    assert file.exists()
    new = "a quite new password"
    assert client.post(PASSWORD, {"new_password1": new, "new_password2": new}).url == "/admin/"

    assert is_in(client)
    assert not file.exists()
    call_command("set_up_staff")
    assert capsys.readouterr().out == ""


def test_password_from_a_colleague_is_changed_at_the_next_sign_in(dara, staff_client):
    new = {"password1": "from a colleague", "password2": "from a colleague", "usable_password": "true"}
    staff_client.post("/admin/auth/user/add/", {"username": "sokha", **new})
    staff_client.post(f"/admin/auth/user/{dara.pk}/password/", new)

    for name in ("sokha", "dara"):
        assert give_password(visitor(ELSEWHERE), name, "from a colleague").url == PASSWORD
