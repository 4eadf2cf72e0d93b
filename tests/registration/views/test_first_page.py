"""The first page of the form is drawn once for all visitors; what is one visitor's is never another's."""

import re

import pytest
from django.test import Client

from conference import clock
from registration.models import Intake, Registration
from registration.views import sign_up
from tests.factories import form_data
from tests.pages import forget_kept, read
from tests.sign_up import send_pages

REGISTER = "/en/2024/register/"
HIDDEN = re.compile(r'name="(csrfmiddlewaretoken|form_token|shown_at)"[^>]*? value="([^"]+)"')


def hidden(response):
    return dict(HIDDEN.findall(response.content.decode()))


def test_page_is_drawn_once_and_each_visitor_has_tokens_of_their_own(edition, monkeypatch):
    first = Client().get(REGISTER)
    drawn = []
    monkeypatch.setattr(sign_up, "_form_page", lambda *_args, **_kwargs: drawn.append(1))
    second = Client().get(REGISTER)

    assert drawn == []
    assert read(first) == read(second)
    mine, theirs = hidden(first), hidden(second)
    assert mine.keys() == theirs.keys() == {"csrfmiddlewaretoken", "form_token", "shown_at"}
    for name in mine:
        assert mine[name] not in second.content.decode()
        assert theirs[name] not in first.content.decode()


def test_form_of_the_second_visitor_can_be_sent(edition):
    Client().get(REGISTER)
    visitor = Client(enforce_csrf_checks=True)
    page = visitor.get(REGISTER)

    sent = form_data(edition) | hidden(page)
    answer = visitor.post(f"{REGISTER}?form={sent['form_token']}&page=1", sent)

    assert answer.status_code != 403
    assert Client(enforce_csrf_checks=True).post(f"{REGISTER}?page=1", sent).status_code == 403


def test_what_staff_change_is_there_after_seconds(client, edition):
    client.get(REGISTER)
    Intake.objects.update(words_open_en="Said a moment ago")

    forget_kept()

    assert "Said a moment ago" in read(client.get(REGISTER))


def test_form_that_closes_is_closed_at_once(client, edition):
    client.get(REGISTER)
    Intake.objects.update(closes_at=clock.now())

    assert 'name="form_token"' not in client.get(REGISTER).content.decode()


def test_visitor_who_has_begun_sees_what_is_theirs(client, edition):
    Client().get(REGISTER)
    send_pages(client, REGISTER, form_data(edition))

    assert Registration.objects.count() == 1
    assert read(client.get(REGISTER)) != read(Client().get(REGISTER))


@pytest.mark.parametrize("query", ["fbclid=canary7731", "fbclid=canary7731&page=2", "form=x&utm=canary7731"])
def test_what_is_not_read_in_the_address_is_never_repeated(client, edition, query):
    assert "canary7731" not in client.get(f"{REGISTER}?{query}").content.decode()


def test_text_with_braces_stays_as_it_is(client, edition):
    Intake.objects.update(words_open_en="Fill in the {form} and {shown}.")

    assert "Fill in the {form} and {shown}." in read(client.get(REGISTER))
