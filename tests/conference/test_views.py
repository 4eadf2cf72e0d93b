import time
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.cache.backends import locmem
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import translation

from conference.keeping import caches, kept
from conference.models import Edition
from conference.serving.headers import HEADERS
from tests.factories import form_data, make_edition
from tests.pages import forget_kept, links, read
from tests.sign_up import send_pages

PAGES = ["", "agenda/", "speakers/", "background/", "organizers/", "participants/", "events/"]


@pytest.mark.parametrize(("accepts", "leads_to"), [("km-KH,km;q=0.9", "/km/"), ("en-AU", "/en/"), ("th", "/en/")])
def test_bare_address_leads_to_the_language_of_the_browser(client, accepts, leads_to):
    response = client.get("/", headers={"accept-language": accepts})

    assert (response.status_code, response.url) == (302, leads_to)


@pytest.mark.parametrize("language", ["en", "km"])
@pytest.mark.parametrize("page", PAGES)
def test_public_page_is_in_its_language_and_sets_no_cookie(client, edition, page, language):
    response = client.get(f"/{language}/2024/{page}")

    assert f'<html lang="{language}">' in response.content.decode()
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize("page", PAGES)
def test_public_page_links_to_itself_in_the_other_language(client, edition, page):
    response = client.get(f"/en/2024/{page}")

    assert f"/km/2024/{page}" in links(response)
    assert f'hreflang="km" href="http://testserver/km/2024/{page}"' in response.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_public_page_has_no_dead_link(client, edition, page):
    for link in links(client.get(f"/km/2024/{page}")):
        if link.startswith("/") and link != "/":
            assert client.get(link.split("#")[0]).status_code == 200, link


@pytest.mark.parametrize("page", ["", "background/", "organizers/", "participants/", "events/"])
def test_public_page_takes_no_query_while_it_is_kept(client, edition, page, django_assert_num_queries):
    first = client.get(f"/km/2024/{page}")

    with django_assert_num_queries(0):
        again = client.get(f"/km/2024/{page}")

    assert again.content == first.content


def test_page_that_did_not_change_is_not_sent_again(client, edition, django_assert_num_queries):
    tags = {language: client.get(f"/{language}/2024/").headers["ETag"] for language in ("en", "km")}

    with django_assert_num_queries(0):
        again = client.get("/en/2024/", headers={"If-None-Match": tags["en"]})

    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/km/2024/", headers={"If-None-Match": tags["en"]}).status_code == 200


def test_staff_see_the_live_page(staff_client, edition):
    staff_client.get("/en/2024/")
    Edition.objects.update(subtitle_en="Changed a moment ago")

    response = staff_client.get("/en/2024/")

    assert "Changed a moment ago" in read(response)
    assert "no-store" in response["Cache-Control"]


def session_of_staff(client):
    client.force_login(get_user_model().objects.create_user("member", is_staff=True))


def session_of_an_account_without_rights(client):
    client.force_login(get_user_model().objects.create_user("member"))


def session_of_a_dismissed_member(client):
    client.force_login(get_user_model().objects.create_user("member", is_staff=True))
    get_user_model().objects.update(is_active=False)


def session_of_a_participant(client):
    send_pages(client, "/en/2024/register/", form_data(Edition.objects.current()))


def made_up_session(client):
    client.cookies[settings.SESSION_COOKIE_NAME] = "x" * 32


@pytest.mark.parametrize(
    ("session", "sees_live_page"),
    [
        (session_of_staff, True),
        (session_of_an_account_without_rights, False),
        (session_of_a_dismissed_member, False),
        (session_of_a_participant, False),
        (made_up_session, False),
    ],
)
def test_only_staff_go_round_the_pages_that_are_kept(client, edition, session, sees_live_page):
    session(client)
    client_without_session = Client()
    client_without_session.get("/en/2024/")
    Edition.objects.update(subtitle_en="Changed a moment ago")

    response = client.get("/en/2024/")

    assert ("Changed a moment ago" in read(response)) is sees_live_page
    assert ("no-store" in response["Cache-Control"]) is sees_live_page


@pytest.mark.parametrize(
    ("address", "same"),
    [
        ("/en/2024/", "/en/2024/?utm_source=elsewhere"),
        ("/en/2024/agenda/", "/en/2024/agenda/?page=2&x=1"),
        ("/en/2024/agenda/", "/en/2024/agenda/?mine=d1-08"),
        ("/en/2024/agenda/?open=1&track=2", "/en/2024/agenda/?track=002&interpret=1&open=yes"),
        ("/en/2024/agenda/now/?still=1", "/en/2024/agenda/now/?still=another&x=1"),
        ("/en/2024/agenda/changes/?page=1", "/en/2024/agenda/changes/?x=1&page=1"),
        ("/en/2024/agenda/changes/", "/en/2024/agenda/changes/?page=made-up"),
    ],
)
def test_what_a_page_does_not_read_in_its_address_goes_round_nothing(
    client, edition, django_assert_num_queries, address, same
):
    kept = client.get(address).content

    with django_assert_num_queries(0):
        assert client.get(same).content == kept


def test_public_page_may_be_a_few_seconds_old(client, edition):
    client.get("/en/2024/")
    Edition.objects.update(subtitle_en="Changed a moment ago")

    assert "Changed a moment ago" not in read(client.get("/en/2024/"))
    forget_kept()
    assert "Changed a moment ago" in read(client.get("/en/2024/"))
    assert settings.PUBLIC_PAGE_SECONDS <= 5


def test_home_tells_what_when_where_for_whom_why_and_how(client, edition):
    text = read(client.get("/en/2024/"))

    for words in [
        "National Open Data Conference 2024",
        "Open Government Data for Inclusive Development",
        "March 26–27, 2024",
        "8:30 to 17:00",
        "CADT Innovation Center, Phnom Penh",
        "At least 75 participants",
        str(edition.summary),
        "Sign up",
        "ODC will provide accommodation and basic expenses",
        "Mrs. SIV Vatana",
        "012 323 045",
        "vatana@opendevcam.net",
    ]:
        assert words in text


def test_home_in_khmer_writes_dates_and_numbers_in_khmer(client, edition):
    text = read(client.get("/km/2024/"))

    for words in ["ថ្ងៃទី២៦–២៧ ខែមីនា ឆ្នាំ២០២៤", "ម៉ោង ៨:៣០", "៧៥", "012 323 045"]:
        assert words in text


def test_home_without_year_is_the_current_edition(client, edition):
    make_edition(year=2023, title_en="An older one")
    make_edition(year=2031, title_en="One that is not public yet", is_public=False)

    assert "National Open Data Conference 2024" in read(client.get("/en/"))


def test_edition_that_is_not_public_has_no_page(client, db):
    make_edition(is_public=False)

    assert client.get("/en/2030/").status_code == 404


def test_background_has_its_footnotes_and_the_purposes(client, edition):
    response = client.get("/en/2024/background/")

    text = read(response)
    for words in [
        "Commitment to the reforms (and continued economic growth)",
        "Royal Government of Cambodia (RGC), Cambodian Digital Government Policy 2022-2035, January 28, 2022",
        "Open Development Cambodia, Open Data Survey, May 31, 2020",
        "Open Data Intermediaries for Non-State Actors in Cambodia, May 29, 2023",
        "To strengthen the open data network in Cambodia and the region",
    ]:
        assert words in text
    for number in (1, 2, 3):
        assert f'href="#reference-{number}"' in response.content.decode()
        assert f'id="reference-{number}"' in response.content.decode()


def test_organizers_have_their_roles_and_the_funder_its_programme(client, edition):
    text = read(client.get("/en/2024/organizers/"))

    assert "Organiser Open Development Cambodia Organization (ODC)" in text
    assert "Partner The Asia Foundation (TAF)" in text
    assert "Funder Australian Department of Foreign Affairs and Trade (DFAT) Through Ponlok Chomnes" in text
    assert "The views expressed in this event are the speakers’ alone" in text


def test_participants_page_names_all_ten_groups(client, edition):
    text = read(client.get("/en/2024/participants/"))

    groups = list(edition.audience_groups.values_list("name_en", flat=True))
    assert len(groups) == 10
    assert [group for group in groups if group not in text] == []
    assert "at least 75 participants" in text


def test_participants_page_says_where_the_venue_is_as_far_as_it_is_known(client, edition):
    is_missing = read(client.get("/en/2024/participants/"))
    forget_kept()
    Edition.objects.update(
        address_en="12 Sample Street", coordinates="11.5564, 104.9282", step_free_en="A sample ramp."
    )
    answer = client.get("/en/2024/participants/")

    assert "Way without steps" not in is_missing
    assert "map" not in is_missing
    assert "12 Sample Street" in read(answer)
    assert "Way without steps A sample ramp." in read(answer)
    assert "geo:11.5564,104.9282?q=11.5564,104.9282" in links(answer)
    assert "https://www.openstreetmap.org/?mlat=11.5564&mlon=104.9282#map=17/11.5564/104.9282" in links(answer)


@pytest.mark.parametrize(
    ("typed", "is_right"),
    [("11.5564, 104.9282", True), ("-11.5,-104.9", True), ("11,5564 104,9282", False), ("the gate", False)],
)
def test_place_on_the_map_is_a_latitude_and_a_longitude(typed, is_right):
    field = Edition._meta.get_field("coordinates")

    if is_right:
        field.run_validators(typed)
    else:
        with pytest.raises(ValidationError):
            field.run_validators(typed)


def test_edition_without_other_events_says_so(client, db):
    edition = make_edition()

    assert "No other events have been announced yet." in read(client.get(f"/en/{edition.year}/events/"))


def test_other_events_have_typed_deadlines_and_seven_milestones(client, edition):
    response = client.get("/en/2024/events/")

    text = read(response)
    assert response.content.decode().count("<time datetime=") == 1 + 1 + 7  # a deadline, a day, the milestones
    for words in [
        "June 30, 2023",
        "March 2, 2024",
        "August 5–10, 2023",
        "August 15 – September 30, 2023",
        "This is over",
    ]:
        assert words in text


def test_event_whose_timeline_has_ended_is_over_too(client, edition):
    html = client.get("/en/2024/events/").content.decode()

    assert html.index("Over</h2>") < html.index("Fifth Global Media and Information Literacy Youth Hackathon")


@pytest.mark.parametrize("page", PAGES)
def test_text_in_one_language_only_is_shown_and_marked(client, edition, page):
    for model in [Edition, *(relation.related_model for relation in Edition._meta.related_objects)]:
        columns = [field.name for field in model._meta.fields if field.name.endswith("_km")]
        model.objects.update(**dict.fromkeys(columns, ""))

    html = client.get(f"/km/2024/{page}").content.decode()

    assert '<span lang="en">National Open Data Conference 2024</span>' in html or page
    with translation.override("km"):
        assert translation.gettext("(in English only)") in html


def test_security_headers_are_on_every_answer(client, edition):
    for address in ["/en/2024/", "/en/nowhere/", "/admin/login/", "/healthz"]:
        response = client.get(address)
        assert {name: response[name] for name in HEADERS} == HEADERS
    assert "unsafe" not in HEADERS["Content-Security-Policy"]


@pytest.mark.parametrize(("language", "words"), [("en", "Sorry, this page is not here"), ("km", "សូមអភ័យទោស")])
def test_missing_page_answers_in_the_language_of_its_address(client, language, words):
    response = client.get(f"/{language}/2024/nothing/")

    assert response.status_code == 404
    assert words in read(response)


@pytest.mark.parametrize(
    "address",
    ["/en/99999999999999999999999/", "/en/%ff/", "/media/", "/km/0/"],
)
def test_odd_address_is_not_found(client, edition, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("path", ["../manage.py", "pictures/", "pictures/../../manage.py", "x" * 400])
def test_nothing_but_our_own_pictures_is_served(client, path):
    assert client.get(f"/media/{path}").status_code == 404


@pytest.mark.parametrize("address", ["/en/2024/agenda/%00/", "/en/2024/?page=%00", "/%00"])
def test_null_character_in_an_address_is_refused(client, db, address):
    response = client.get(address)

    assert response.status_code == 400
    assert "could not read" in read(response)


@pytest.mark.parametrize("host", ["10.1.2.3", "elsewhere.example", "", "a b"])
def test_wrong_host_is_refused_plainly(client, host):
    client.raise_request_exception = False

    assert client.get("/en/", headers={"host": host}).status_code == 400


def test_home_of_an_edition_with_little_known_leaves_out_what_is_missing(client, db):
    make_edition()

    text = read(client.get("/en/2030/"))

    assert "None" not in text
    assert "Participants from many backgrounds" in text


def test_edition_with_half_its_hours_is_refused(db):
    with pytest.raises(IntegrityError):
        make_edition(closes_at="17:00")


def test_health_answers_while_the_database_does(client, db):
    assert client.get(reverse("health")).content == b"ok"


def test_clock_that_is_put_back_keeps_no_page_longer(client, edition, monkeypatch):
    started = time.monotonic()
    client.get("/en/2024/")
    Edition.objects.update(subtitle_en="Changed a moment ago")

    real = time.time
    monkeypatch.setattr(locmem, "time", SimpleNamespace(time=lambda: real() - 3600))  # of Django's own cache
    steady = SimpleNamespace(monotonic=lambda: started + settings.PUBLIC_PAGE_SECONDS + 60)
    for module in (caches, kept):
        monkeypatch.setattr(module, "time", steady)

    assert "Changed a moment ago" in read(client.get("/en/2024/"))
