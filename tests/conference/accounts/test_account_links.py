"""A new password by a link: from a colleague's hand, and by e-mail."""

import re
import threading
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from conference.account_tables import AccountEvent
from conference.accounts import factor, links
from conference.models import Attempt
from tests.pages import read
from tests.signing_in import ELSEWHERE, LOGIN, RIGHT, give_password, is_in, visitor

pytestmark = pytest.mark.django_db

What = AccountEvent.What
FORGOTTEN = "/admin/forgotten/"
NEW = {"new_password1": "a quite new password", "new_password2": "a quite new password"}
SAME_ANSWER = "If an account has this address, a link is on its way there."


@pytest.fixture
def post(settings, monkeypatch):
    """E-mail is sent, and at once: the thread that would do it does not outlive a test."""
    settings.SENDS_EMAIL = True

    class AtOnce:
        def __init__(self, target, args, daemon):
            self.target, self.args = target, args

        def start(self):
            links.send(*self.args)

    monkeypatch.setattr(threading, "Thread", AtOnce)


def link_in(text):
    return re.search(r"http://localhost:8000(/admin/new-password/[\w-]+/[\w-]+/)", text)[1]


def make_link(client, user, **more):
    return client.post(f"/admin/auth/user/{user.pk}/new-link/", more)


def choose(client, link):
    page = client.get(link, follow=True)
    return page if not page.redirect_chain else client.post(page.redirect_chain[-1][0], NEW)


def test_colleague_makes_a_link_which_opens_once(dara, staff_client):
    page = make_link(staff_client, dara).content.decode()
    link = link_in(page)
    owner = visitor(ELSEWHERE)

    assert choose(owner, link).url == LOGIN
    assert "Your new password is set" in read(owner.get(LOGIN))
    assert give_password(owner, password=NEW["new_password1"]).status_code == 302
    assert give_password(visitor(), password=RIGHT).status_code == 200
    assert "opens nothing any more" in read(choose(visitor(), link))
    assert link not in staff_client.get(f"/admin/auth/user/{dara.pk}/new-link/").content.decode()
    assert LogEntry.objects.get().object_id == str(dara.pk)
    assert dara.account_events.filter(what=What.LINK).exists()


def test_page_of_a_link_says_with_which_name_its_owner_signs_in(dara, staff_client):
    link = link_in(make_link(staff_client, dara).content.decode())

    assert "Your username: dara" in read(visitor(ELSEWHERE).get(link, follow=True))


def test_link_is_dead_after_a_day(dara, staff_client, settings):
    link = link_in(make_link(staff_client, dara).content.decode())
    settings.PASSWORD_RESET_TIMEOUT = -1

    assert "opens nothing any more" in read(choose(visitor(), link))


def test_link_opens_the_browser_that_the_limit_had_closed(dara, staff_client):
    owner = visitor()
    for number in range(6):
        last = give_password(owner, password=f"guess {number}")
    choose(owner, link_in(make_link(staff_client, dara).content.decode()))

    assert last.status_code == 429
    assert give_password(owner, password=NEW["new_password1"]).status_code == 302


def test_link_leaves_the_app_unless_the_colleague_says_that_it_is_lost(dara, app, staff_client):
    make_link(staff_client, dara)
    assert factor.is_set_up(dara)

    make_link(staff_client, dara, lost_app="1")
    assert not factor.is_set_up(dara)
    assert not dara.recovery_codes.exists()
    assert dara.account_events.filter(what=What.NO_FACTOR).exists()


def test_new_password_by_link_does_not_pass_the_app(dara, app, staff_client):
    owner = visitor(ELSEWHERE)
    choose(owner, link_in(make_link(staff_client, dara).content.decode()))

    assert give_password(owner, password=NEW["new_password1"]).url == "/admin/sign-in/code/"
    assert not is_in(owner)


def test_who_looks_after_accounts_makes_no_link_to_all_rights(dara, client):
    manager = User.objects.create_user("manager", password=RIGHT, is_staff=True)
    manager.user_permissions.set(Permission.objects.filter(codename__in=["view_user", "change_user", "delete_user"]))
    colleague = User.objects.create_user("sokha", password=RIGHT, is_staff=True)
    client.force_login(manager)

    assert make_link(client, colleague).status_code == 200
    assert make_link(client, dara).status_code == 403
    assert client.post(f"/admin/auth/user/{dara.pk}/password/", NEW).status_code == 403
    assert client.post(f"/admin/auth/user/{dara.pk}/delete/", {"post": "yes"}).status_code == 403
    page = client.get(f"/admin/auth/user/{colleague.pk}/change/").content.decode()
    assert 'name="is_active"' in page
    assert 'name="is_superuser"' not in page


@pytest.fixture
def manager(db):
    """May change accounts, and see whom the site told what."""
    manager = User.objects.create_user("manager", password=RIGHT, is_staff=True)
    rights = ["view_user", "change_user", "delete_user", "change_group", "view_group", "view_message"]
    manager.user_permissions.set(Permission.objects.filter(codename__in=rights))
    return manager


@pytest.mark.parametrize("is_active", [True, False])
def test_who_looks_after_accounts_takes_over_none_that_may_do_more(manager, client, is_active):
    officer = User.objects.create_user("officer", password=RIGHT, is_staff=True, is_active=is_active)
    group = Group.objects.create(name="Officers")
    group.permissions.set(Permission.objects.filter(codename="view_inclusionanswers"))
    officer.groups.add(group)
    client.force_login(manager)

    assert make_link(client, officer, lost_app="1").status_code == 403
    assert client.post(f"/admin/auth/user/{officer.pk}/password/", NEW).status_code == 403
    assert client.post(f"/admin/auth/user/{officer.pk}/change/", {"username": "officer"}).status_code == 403
    assert client.post(f"/admin/auth/user/{officer.pk}/delete/", {"post": "yes"}).status_code == 403
    assert client.post(f"/admin/auth/group/{group.pk}/change/", {"name": "Officers"}).status_code == 403


def test_who_looks_after_accounts_gives_no_right_that_they_lack(manager, client):
    more, same = Group.objects.create(name="More"), Group.objects.create(name="Same")
    lacks, has = Permission.objects.get(codename="view_inclusionanswers"), Permission.objects.get(codename="view_user")
    more.permissions.add(lacks, has)
    same.permissions.add(has)
    client.force_login(manager)
    address = f"/admin/auth/user/{manager.pk}/change/"
    joined = {"date_joined_0": "2024-01-01", "date_joined_1": "09:00", "is_active": "on", "is_staff": "on"}
    own = list(manager.user_permissions.values_list("pk", flat=True))

    for group, permissions in ((more, own), (same, [*own, lacks.pk])):
        data = {"username": "manager", **joined, "groups": [group.pk], "user_permissions": permissions}
        assert "is not one of the available choices" in read(client.post(address, data))
    data = {"username": "manager", **joined, "groups": [same.pk], "user_permissions": own}
    assert client.post(address, data).status_code == 302

    assert list(manager.groups.all()) == [same]
    assert not User.objects.get(pk=manager.pk).has_perm("registration.view_inclusionanswers")


def test_no_colleague_makes_a_link_or_a_password_for_themselves(dara, app, client):
    """Else an open browser would be enough to take the account over."""
    client.force_login(dara)

    assert make_link(client, dara, lost_app="1").url == "/admin/account/"
    assert factor.is_set_up(dara)
    assert client.post(f"/admin/auth/user/{dara.pk}/password/", NEW).url == "/admin/password_change/"
    assert User.objects.get().check_password(RIGHT)


def test_link_to_an_account_that_is_closed_opens_nothing(dara, staff_client):
    link = link_in(make_link(staff_client, dara).content.decode())
    begun = visitor()
    form = begun.get(link).url
    User.objects.filter(pk=dara.pk).update(is_active=False)

    assert "opens nothing any more" in read(choose(visitor(), link))
    assert "opens nothing any more" in read(begun.post(form, NEW))
    assert User.objects.get(pk=dara.pk).check_password(RIGHT)
    assert make_link(staff_client, dara).status_code == 403


def test_link_that_two_send_at_once_sets_one_password(dara, staff_client, monkeypatch):
    link = link_in(make_link(staff_client, dara).content.decode())
    first, second = visitor(), visitor(ELSEWHERE)
    form = first.get(link).url
    second.get(link)
    hashed = User.set_password

    def others_are_faster(user, password):
        hashed(user, password)
        monkeypatch.setattr(User, "set_password", hashed)
        first.post(form, NEW)

    monkeypatch.setattr(User, "set_password", others_are_faster)
    late = second.post(form, {"new_password1": "quite another one", "new_password2": "quite another one"})

    assert "opens nothing any more" in read(late)
    assert User.objects.get(pk=dara.pk).check_password(NEW["new_password1"])
    assert "known-browser" not in late.cookies


def test_staff_without_that_right_make_no_link(dara, client):
    client.force_login(User.objects.create_user("desk", password=RIGHT, is_staff=True))
    refused = make_link(client, dara)

    assert refused.status_code == 403
    assert 'href="/admin/"' in refused.content.decode()  # no dead end


def test_link_comes_by_email_in_both_languages(dara, post):
    page = read(visitor().post(FORGOTTEN, {"email": "Dara@example.org"}))

    assert SAME_ANSWER in page
    message = mail.outbox[0]
    assert message.to == ["dara@example.org"]
    assert "dara" in message.body
    assert "ពាក្យសម្ងាត់" in message.body
    assert choose(visitor(), link_in(message.body)).url == LOGIN
    assert dara.account_events.filter(what=What.MAIL).exists()


@pytest.mark.parametrize("address", ["unknown@example.org", "off@example.org"])
def test_answer_by_email_tells_nothing_of_accounts(dara, post, address, django_assert_num_queries):
    User.objects.create_user("off", "off@example.org", RIGHT, is_active=False)

    assert SAME_ANSWER in read(visitor().post(FORGOTTEN, {"email": address}))
    assert mail.outbox == []


def test_nothing_is_looked_up_before_the_answer(dara, settings, monkeypatch, django_assert_num_queries):
    settings.SENDS_EMAIL = True
    monkeypatch.setattr(threading.Thread, "start", lambda _thread: None)

    for address in ("dara@example.org", "unknown@example.org"):
        with django_assert_num_queries(1):  # the limit
            visitor().post(FORGOTTEN, {"email": address})


def test_visitor_asks_for_few_emails(dara, post):
    answers = [visitor().post(FORGOTTEN, {"email": "dara@example.org"}).status_code for _number in range(5)]

    assert answers == [200] * 3 + [429] * 2
    assert len(mail.outbox) == 3
    assert Attempt.objects.exists()
    assert AccountEvent.objects.count() == 3


def test_visitor_asks_for_few_emails_to_many_addresses(dara, post):
    answers = [visitor().post(FORGOTTEN, {"email": f"a{number}@example.org"}).status_code for number in range(7)]

    assert answers == [200] * 5 + [429] * 2


def test_account_gets_few_emails_in_a_day_whoever_asks_for_them(dara, post):
    now, number = timezone.now(), links.MAILS_IN_A_DAY
    AccountEvent.objects.bulk_create(AccountEvent(user=dara, what=What.MAIL, at=now) for _mail in range(number))

    assert SAME_ANSWER in read(visitor().post(FORGOTTEN, {"email": dara.email}))
    assert mail.outbox == []
    dara.account_events.update(at=timezone.now() - timedelta(days=1))
    visitor().post(FORGOTTEN, {"email": dara.email})
    assert len(mail.outbox) == 1


def test_new_account_may_begin_without_a_password(staff_client):
    """The page speaks of the link, and of no way of signing in that the site does not have."""
    page = read(staff_client.get("/admin/auth/user/add/"))
    form = {"username": "sokha", "usable_password": "false", "password1": "", "password2": ""}

    assert "give the person a link" in page
    assert "LDAP" not in page
    assert staff_client.post("/admin/auth/user/add/", form).status_code == 302
    sokha = User.objects.get(username="sokha")
    assert not sokha.has_usable_password()
    assert "LDAP" not in read(staff_client.get(f"/admin/auth/user/{sokha.pk}/password/"))
    assert choose(visitor(ELSEWHERE), link_in(make_link(staff_client, sokha).content.decode())).url == LOGIN


def test_without_email_the_page_says_whom_to_ask(db, client):
    assert "Ask a colleague who looks after the accounts" in read(client.get(FORGOTTEN))
    assert client.post(FORGOTTEN, {"email": "dara@example.org"}).status_code == 200
    assert mail.outbox == []


def test_link_to_no_account_opens_nothing(db, client):
    for name in ("MQ", "nonsense", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5"):
        page = client.get(f"/admin/new-password/{name}/abc-123/")
        assert page.status_code in (200, 400)
        assert '<form method="post">' not in page.content.decode()


def test_operator_makes_a_link_where_no_colleague_is_left(dara, app, capsys):
    call_command("account_link", "dara", "--lost-app")

    assert choose(visitor(), link_in(capsys.readouterr().out)).url == LOGIN
    assert not factor.is_set_up(dara)
    assert set(dara.account_events.values_list("what", flat=True)) >= {What.LINK, What.NO_FACTOR}


def test_operator_is_told_that_there_is_no_such_account(db):
    with pytest.raises(CommandError, match="no active account"):
        call_command("account_link", "unknown")
