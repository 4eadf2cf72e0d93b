"""Several answers at once in a filter, and what the list says of each person beside the number."""

import re
import uuid

import pytest

from registration.choices import MessageState, Province, Status
from registration.models import Helper, Message, Registration
from tests.factories import make_registration
from tests.pages import read
from tests.registration.admin.registrations.test_registration import LIST, member_of
from tests.travel_factories import decide, make_request

TRAVEL = "/admin/registration/travelrequest/"


@pytest.fixture
def people(edition):
    return {
        code: make_registration(edition, phone=f"+8551200000{number}", province=code)
        for number, code in enumerate(["07", "12", "23"], start=1)
    }


def shown(response):
    return {row.province for row in response.context["cl"].result_list}


def test_list_shows_those_who_have_one_of_the_ticked_answers(staff_client, people):
    Registration.objects.filter(pk=people["23"].pk).update(status=Status.DECLINED, place_no=None)

    both = staff_client.get(f"{LIST}?province__exact=07&province__exact=23")
    coming = staff_client.get(
        f"{LIST}?province__exact=07&province__exact=23&status__exact=confirmed&status__exact=waiting"
    )

    assert (shown(both), shown(coming)) == ({"07", "23"}, {"07"})


def test_boxes_are_one_form_and_what_else_is_asked_stays(staff_client, people):
    asked = f"{LIST}?province__exact=07&agreed=later_events&q=sok&p=1"

    html = staff_client.get(asked).content.decode()

    kept = html.split('<form method="get" id="several">')[1].split("</form>")[0]
    assert 'name="agreed" value="later_events"' in kept
    assert 'name="q" value="sok"' in kept
    assert "province" not in kept
    assert 'name="p"' not in kept
    boxes = re.findall(r'<input[^>]*form="several"[^>]*name="province__exact"[^>]*>', html)
    assert [re.search('value="(.*?)"', box)[1] for box in boxes if "checked" in box] == ["07"]
    assert len(boxes) == len(Province)


def test_next_page_and_export_keep_all_that_is_ticked(staff_client, people):
    page = staff_client.get(f"{LIST}?province__exact=07&province__exact=23")

    assert page.context["cl"].get_query_string({"p": 2}).count("province__exact") == 2
    rows = staff_client.get(f"{LIST}export.csv?province__exact=07&province__exact=23").content.decode()
    assert [person.spoken_code in rows for person in people.values()] == [True, False, True]


def test_search_keeps_all_that_is_ticked(staff_client, people):
    html = staff_client.get(f"{LIST}?province__exact=07&province__exact=23").content.decode()
    search = html.split('id="changelist-search"')[1].split("</form>")[0]

    assert re.findall('name="province__exact" value="(.*?)"', search) == ["07", "23"]


def test_one_press_calls_a_person_or_their_helper(staff_client, edition, people):
    helper = Helper.objects.create(
        edition=edition, name="Sample helper", phone="+85512000009", language="en", form_token=uuid.uuid4()
    )
    Registration.objects.filter(pk=people["12"].pk).update(phone="", telegram="", email="", helper=helper)
    Message.objects.update(state=MessageState.TO_CALL)

    for address in (LIST, "/admin/registration/message/"):
        html = staff_client.get(address).content.decode()
        assert '<a href="tel:+85512000001">012 000 001</a>' in html
        assert 'Sample helper<br><a href="tel:+85512000009">012 000 009</a>' in html


def test_remark_stands_in_the_list(client, people):
    Registration.objects.filter(pk=people["12"].pk).update(remark="Calls back on Monday.")

    assert "Calls back on Monday." in read(member_of("Registration desk", client).get(LIST))


def test_travel_desk_shows_those_who_are_undecided_of_several_provinces(client, edition):
    rows = [
        make_request(edition, phone=f"+8551200000{number}", province=code)
        for number, code in enumerate(["07", "23", "24"])
    ]
    decide(rows[1])
    desk = member_of("Travel desk", client)

    def codes(query):
        return {row.registration.province for row in desk.get(TRAVEL + query).context["cl"].result_list}

    assert codes("?decided=0&registration__province__exact=07&registration__province__exact=23") == {"07"}
    assert codes("?decided=1") == {"23"}
    assert desk.get(f"{TRAVEL}?decided=2").status_code == 400
