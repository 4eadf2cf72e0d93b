"""Staff bring in a list: what is found without help, what is written, what a second paste changes."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission

from registration.choices import Channel
from registration.models import BringingIn, Consent, InclusionAnswers, Message, Registration
from tests.factories import make_registration
from tests.registration.bringing_in.samples import ENGLISH, KHMER, as_text, people

ADD = "/admin/registration/bringingin/add/"
SAID = {
    "days": ["2024-03-26", "2024-03-27"],
    "language": "km",
    "agreed": "on",
    "agreed_on": "2024-02-01",
    "agreed_how": "in the form of the invitation",
    "is_told": "no",
}


@pytest.fixture
def officer(client, db):
    """Registers people, and may see sensitive answers."""
    return colleague(client, "view_bringingin", "add_bringingin", "add_registration", "change_inclusionanswers")


@pytest.fixture
def desk(client, db):
    return colleague(client, "view_bringingin", "add_bringingin", "add_registration")


def colleague(client, *rights):
    user = get_user_model().objects.create_user("colleague", password="a long password", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    client.force_login(user)
    return client


def paste(client, edition, text):
    """The address of the page on which staff look at the list."""
    response = client.post(ADD, {"edition": edition.pk, "text": text})
    assert response.status_code == 302, response.content.decode()
    return response["Location"]


def ticked(html):
    return re.findall(r'name="row"\s+value="([^"]+)"[^>]*?checked', html)


def bring_in(client, address, **said):
    html = client.get(address).content.decode()
    response = client.post(address, {**SAID, "row": ticked(html), "apply": "", **said}, follow=True)
    for _again in range(20):
        if "data-go-on" not in response.content.decode():
            return response
        response = client.post(address, follow=True)
    raise AssertionError("it comes to no end")


def looked(client, address):
    return client.get(address).context


@pytest.mark.parametrize("headings", [KHMER, ENGLISH])
def test_sheet_of_a_form_comes_in_without_help(officer, edition, headings):
    rows = people(40)
    address = paste(officer, edition, as_text(headings, *rows))

    context = looked(officer, address)
    response = bring_in(officer, address)

    assert context["looked"].counts == {"new": 40}
    assert context["looked"].columns_left_out == []
    assert "Brought in: 40" in response.content.decode()
    assert Registration.objects.filter(channel=Channel.LIST).count() == 40
    first = Registration.objects.get(phone="+85512300000")
    assert (first.name_km, first.province, first.sector) == (rows[0][1], "12", "local_ngo")
    assert Registration.objects.filter(province="").count() == 0
    assert sorted({row.days.count() for row in Registration.objects.all()}) == [1, 2]
    assert [row.gender for row in InclusionAnswers.objects.all()].count("woman") > 10
    assert set(Consent.objects.filter(subject="data_use").values_list("answer", flat=True)) == {"yes"}
    assert Message.objects.count() == 0


def test_second_paste_changes_nothing(officer, edition):
    text = as_text(KHMER, *people(12))
    bring_in(officer, paste(officer, edition, text))

    address = paste(officer, edition, text)
    html = officer.get(address).content.decode()
    all_of_them = re.findall(r'name="row"\s+value="([^"]+)"', html)
    bring_in(officer, address, row=all_of_them)

    assert ticked(html) == []
    assert len(all_of_them) == 12
    assert Registration.objects.count() == 12
    assert BringingIn.objects.first().known == 12


def test_look_alikes_are_found_and_not_ticked(officer, edition):
    make_registration(
        edition, name_km="គំរូ ស្គាល់", name_latin="KUMROU Skoal", phone="+85512999001", email="a@example.org"
    )
    same = [
        ["KUMROU Skoal", "012 999 001", ""],
        ["Skoal Kumrou", "", "other@example.org"],
        ["គំរូ ស្គាល់", "", "third@example.org"],
        ["SAK Thmey", "012999001", ""],
        ["SAK Phseng", "", "A@example.org"],
        ["SAK Khos", "098 777 666", "sak.khos@example.org"],
    ]
    address = paste(officer, edition, as_text(["Name", "Phone", "Email"], *same))

    context = looked(officer, address)

    assert context["looked"].counts == {"here": 5, "new": 1}
    assert ticked(officer.get(address).content.decode()) == ["0-7"]


def test_people_without_right_to_sensitive_answers_leave_them_out(desk, edition):
    address = paste(desk, edition, as_text(KHMER, *people(5)))

    html = desk.get(address).content.decode()
    bring_in(desk, address)

    assert "CANARY" not in html
    assert "Column “តម្រូវការពិសេស”: Only officers" in html
    assert Registration.objects.count() == 5
    assert not InclusionAnswers.objects.exists()


def test_sensitive_answers_are_kept_and_never_shown(officer, edition):
    address = paste(officer, edition, as_text(KHMER, *people(5)))

    html = officer.get(address).content.decode()
    bring_in(officer, address)

    assert "CANARY" not in html
    assert "CANARY" not in str(BringingIn.objects.values_list()[0])
    assert [row.access_note for row in InclusionAnswers.objects.all() if row.access_note] == ["CANARY-NEED"]
    assert "CANARY" not in BringingIn.objects.get().waiting
