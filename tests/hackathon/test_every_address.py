"""Judges, mentors, people of a team, strangers and staff without rights try every address of the room, by GET and by
POST. The addresses come from the URL configuration: one that is added is tried without a word here.
"""

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from conference import urls as of_site  # registers what addresses are made of, before those of the room are read
from hackathon import links, urls
from hackathon.models import Hackathon, Judge
from registration.links import address_for
from tests.factories import make_registration
from tests.hackathon.factories import make_hour, make_member
from tests.hackathon.judging.factories import give, make_panel

assert of_site.urlpatterns
BY_LINK = [one for one in urls.urlpatterns if "token" in one.pattern.converters]
OTHERS = [one for one in urls.urlpatterns if one not in BY_LINK]
OF_STAFF = [
    one
    for one in admin.site.get_urls()
    for one in (getattr(one, "url_patterns", None) or [one])
    if (getattr(one, "name", None) or "").startswith("hackathon_")
]
PRESSED = {
    "title_en": "Sample words",
    "wish": "make",
    "name": "Sample words",
    "spoken": "km",
    "sure": "1",
    "save": "1",
}
PRESSED |= {
    "later_en": "Sample words",
    "hide": "1",
    "reason": "Sample words",
    "draw": "1",
    "publish": "1",
    "next": "0",
}


@pytest.fixture
def people(hackathon):
    """Rows of one number, so that nothing but the kind of a link tells them apart."""
    (team, other, _third), (colleague, _) = make_panel(hackathon)
    judge, _is_new = Judge.objects.get_or_create(pk=team.pk, defaults={"hackathon": hackathon, "name_en": "Sample"})
    mentor = make_hour(hackathon, pk=team.pk).mentor
    member = make_member(hackathon, team)
    make_member(hackathon)
    give(colleague, other, 4, feedback="Sample words of a judge")
    return {"team": team, "judge": judge, "mentor": mentor, "member": member}


def tokens(people):
    team = people["team"]
    of_member = links.member_address(team, people["member"]).split("/")[-2]
    team.reader = None
    by_kind = {kind: links.token_for(kind, people[kind]) for kind in ("team", "judge", "mentor")}
    return by_kind | {"member": of_member, "stranger": links.token_for("stranger", team)}


def rows():
    """All that stands in the tables of the room."""
    return {
        model: list(model.objects.order_by("pk").values()) for model in apps.get_app_config("hackathon").get_models()
    }


def address_of(pattern, **known):
    given = {"number": 1, "year": 2024, "pk": 1} | known
    return reverse(f"hackathon:{pattern.name}", kwargs={name: given[name] for name in pattern.pattern.converters})


def staff_address(pattern, numbers):
    """With the number of a row that there is, whatever the address calls it."""
    return reverse(f"admin:{pattern.name}", kwargs=dict.fromkeys(pattern.pattern.converters, numbers))


@pytest.mark.parametrize(
    ("kind", "opens"),
    [("team", "team"), ("member", "team"), ("judge", "judge"), ("mentor", "mentor"), ("stranger", "")],
)
def test_a_link_opens_the_addresses_of_its_kind_alone(client, people, kind, opens):
    token, before = tokens(people)[kind], rows()
    own = [one for one in BY_LINK if str(one.pattern).startswith(f"hackathon/{opens}/") and opens]
    assert len(own) == {"team": 6, "judge": 2, "mentor": 1, "": 0}[opens]

    for pattern in own:
        assert client.get(address_of(pattern, token=token)).status_code in (200, 405), pattern  # 405: a button alone
    for pattern in [one for one in BY_LINK if one not in own]:
        address = address_of(pattern, token=token)
        answers = [client.get(address).status_code, client.post(address, PRESSED).status_code]
        assert set(answers) in ({404}, {404, 405}), address

    assert rows() == before


def test_own_pages_and_public_ones_give_strangers_nothing_to_change(client, people):
    before = rows()
    for pattern in OTHERS:
        address = address_of(pattern)
        for answer in (client.get(address), client.post(address, PRESSED)):
            assert answer.status_code in (200, 302, 404, 405), address
            assert "Sample words of a judge" not in answer.content.decode(), address
    assert rows() == before


def test_no_link_opens_an_address_of_the_staff(client, hackathon, people):
    for row, address in ((one, token) for one, token in tokens(people).items()):
        client.get(f"/en/hackathon/{'team' if row == 'member' else row}/{address}/")
    client.get(address_for(make_registration(hackathon.edition)))
    before = rows()
    assert len(OF_STAFF) > 50

    for pattern in OF_STAFF:
        address = staff_address(pattern, hackathon.pk)
        for answer in (client.get(address), client.post(address, PRESSED)):
            assert (answer.status_code, answer.url.split("?")[0]) == (302, "/admin/login/"), address

    assert rows() == before


def test_staff_without_rights_of_the_room_open_no_address_of_it(client, hackathon, people, django_user_model):
    client.force_login(django_user_model.objects.create_user("officer", is_staff=True))
    before = rows()
    numbers = {model._meta.model_name: model.objects.values_list("pk", flat=True).first() for model in before}

    for pattern in OF_STAFF:
        model = pattern.name.split("_")[1]
        address = staff_address(pattern, numbers.get(model) or hackathon.pk)
        for answer in (client.get(address), client.post(address, PRESSED)):
            assert answer.status_code in (403, 404) or answer["Location"].startswith("/admin/"), address
            assert "Sample" not in answer.content.decode(), address

    assert rows() == before
    assert Hackathon.objects.count() == 1
