"""An edition is made ready: from a copy or from nothing, until the public sees it."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from agenda.editions.copying import copy_edition
from agenda.models import Day
from agenda.publishing.versions import publish
from conference.models import Edition
from conference.pages.tables import Page
from registration.admin.new_year.checks import checks, missing
from registration.models import Intake, Registration
from tests.pages import links, read
from tests.registration.admin.registrations.test_registration import member_of
from tests.time import now

EDITIONS = "/admin/conference/edition/"


@pytest.fixture
def new(edition):
    made = copy_edition(edition, date(2027, 3, 16))
    Intake.objects.create(edition=made)
    return made


def page_of(edition):
    return f"{EDITIONS}{edition.pk}/ready/"


def open_musts(edition):
    return [check.title for check in missing(edition)]


def test_a_copy_lacks_nothing_but_its_agenda(new):
    assert open_musts(new) == ["Agenda"]
    publish(new, by=None)
    assert open_musts(new) == []


@pytest.mark.parametrize(
    ("change", "must"),
    [
        (lambda new: Edition.objects.filter(pk=new.pk).update(venue_km=""), "Venue"),
        (lambda new: Edition.objects.filter(pk=new.pk).update(contact_phone="", contact_email=""), "Contact"),
        (lambda new: Edition.objects.filter(pk=new.pk).update(ends_on=date(2027, 3, 18)), "Days of the agenda"),
        (lambda new: new.organisers.all().delete(), "Organisers and their roles"),
        (lambda new: Intake.objects.filter(edition=new).delete(), "Intake"),
        (
            lambda new: Intake.objects.filter(edition=new).update(erase_all_on=new.starts_on),
            "Dates on which personal data is erased",
        ),
        (
            lambda new: Edition.objects.filter(pk=new.pk).update(
                starts_on=date(2023, 3, 16), ends_on=date(2023, 3, 17)
            ),
            "Dates",
        ),
    ],
)
def test_each_thing_that_it_needs_is_looked_at(new, change, must):
    publish(new, by=None)
    assert must not in open_musts(new)

    change(new)

    assert must in open_musts(Edition.objects.get(pk=new.pk))


def test_days_are_made_of_the_two_dates(staff_client, new):
    Edition.objects.filter(pk=new.pk).update(ends_on=date(2027, 3, 18))

    said = read(staff_client.post(page_of(new), {"days": ""}, follow=True))

    assert "1 day was made." in said
    assert [day.date for day in new.days.all()] == [date(2027, 3, day) for day in (16, 17, 18)]


def test_texts_of_the_year_before_are_changed_as_ticked_until_none_is_left(staff_client, new):
    page = staff_client.get(page_of(new))
    keys = re.findall(r'name="text" value="([^"]+)"', page.text)
    assert keys
    assert "Texts that speak of 2024" in read(page)

    staff_client.post(page_of(new), {"words": "", "text": keys[:1]})
    left = re.findall(r'name="text" value="([^"]+)"', staff_client.get(page_of(new)).text)
    assert left == keys[1:]
    staff_client.post(page_of(new), {"words": "", "text": left})

    assert "Texts that speak of" not in read(staff_client.get(page_of(new)))
    new.refresh_from_db()
    assert "2024" not in new.background_en


def test_it_is_made_public_only_when_nothing_is_missing(staff_client, new):
    assert 'name="public"' not in staff_client.get(page_of(new)).text
    staff_client.post(page_of(new), {"public": ""})
    assert not Edition.objects.get(pk=new.pk).is_public
    publish(new, by=None)

    assert 'name="public"' in staff_client.get(page_of(new)).text
    staff_client.post(page_of(new), {"public": ""})

    assert Edition.objects.get(pk=new.pk).is_public


def test_tick_on_its_own_page_is_refused_before(staff_client, new):
    form = {
        name: value
        for name, value in staff_client.get(f"{EDITIONS}{new.pk}/change/").context["adminform"].form.initial.items()
        if value is not None
    }
    form |= {"is_public": "on", "opens_at": "8:00", "closes_at": "17:00"}
    for prefix in ("purposes", "audience_groups", "organisers", "references"):
        form |= {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}

    response = staff_client.post(f"{EDITIONS}{new.pk}/change/", form)

    assert "First save it without this tick" in read(response)
    assert not Edition.objects.get(pk=new.pk).is_public


@pytest.mark.parametrize("language", ["en", "km"])
def test_every_page_can_be_seen_by_staff_and_by_no_visitor_before(client, staff_client, new, language):
    previews = {link for link in links(staff_client.get(page_of(new))) if link.startswith(f"/{language}/2027/draft/")}

    assert len(previews) == 2 * 12
    for address in previews:
        page = staff_client.get(address)
        assert page.status_code == 200, address
        assert "2027" in page.text or "២០២៧" in page.text
        assert page.headers["Cache-Control"].startswith("private") or "no-store" in page.headers["Cache-Control"]
    client.logout()
    for address in previews:
        assert client.get(address).status_code in (302, 404), address
    desk = member_of("Registration desk", client)
    assert {desk.get(address).status_code for address in previews} == {403}


def test_only_who_may_change_the_edition_sees_the_page(client, new):
    assert member_of("Registration desk", client).get(page_of(new)).status_code == 403
    assert member_of("Programme editors", client).get(page_of(new)).status_code == 200


def test_opening_and_accounts_are_told_and_may_wait(new):
    user = get_user_model().objects.create_user("gone", is_staff=True, last_login=timezone.now() - timedelta(days=400))
    said = {check.title: check for check in checks(new, 0)}
    assert not said["When sign-up opens"].is_done
    assert "1 account was not used" in said["Who may sign in"].said
    user.delete()
    Intake.objects.filter(edition=new).update(opens_at=timezone.make_aware(datetime(2027, 1, 5, 8)))

    said = {check.title: check for check in checks(new, 0)}
    assert said["When sign-up opens"].said.startswith("Opens on")
    assert said["Who may sign in"].is_done


def test_days_of_another_edition_stay(staff_client, new, edition):
    before = set(Day.objects.filter(edition=edition).values_list("date", flat=True))
    staff_client.post(page_of(new), {"days": ""})
    assert set(Day.objects.filter(edition=edition).values_list("date", flat=True)) == before


def test_copy_takes_the_rules_of_the_intake_along_and_is_closed(staff_client, edition):
    Intake.objects.filter(edition=edition).update(
        capacity=75, needs_approval=True, words_before_en="Soon in 2024", opens_at=timezone.now()
    )
    data = {"action": "copy_edition", "_selected_action": edition.pk, "first_day": "2027-03-16"}

    response = staff_client.post(EDITIONS, data)

    new = Edition.objects.get(year=2027)
    assert response.url == page_of(new)
    assert (new.intake.capacity, new.intake.needs_approval, new.intake.opens_at) == (75, True, None)
    assert new.intake.erase_sensitive_on > new.ends_on
    assert "Soon in 2027" in read(staff_client.get(page_of(new)))


def test_pages_are_seen_before_sign_up_opens_and_while_it_is_open(staff_client, new):
    Intake.objects.filter(edition=new).update(opens_at=timezone.make_aware(datetime(2027, 1, 5, 8)))

    for page, closed, form in (
        ("", "Sign-up opens on January 5, 2027, 8:00.", 'href="/en/2027/register/"'),
        ("participants/", "Sign-up opens on January 5, 2027, 8:00.", 'href="/en/2027/register/"'),
        ("register/", "Sign-up opens on January 5, 2027, 8:00.", 'name="name_latin"'),
        ("register/others/", "Sign-up opens on January 5, 2027, 8:00.", 'name="person-1-name_latin"'),
    ):
        before, opened = (staff_client.get(f"/en/2027/draft/{phase}/{page}") for phase in ("before", "open"))
        assert closed in read(before), page
        assert form not in before.text, page
        assert closed not in read(opened), page
        assert form in opened.text, page
    assert Intake.objects.get(edition=new).opens_at == timezone.make_aware(datetime(2027, 1, 5, 8))


def test_edition_that_is_open_is_seen_as_before_it_was(staff_client, edition):
    assert "Sign-up is not open yet." in read(staff_client.get("/en/2024/draft/before/register/"))
    assert edition.intake.is_open


def test_form_that_is_looked_at_leads_from_page_to_page_and_keeps_nothing(staff_client, new):
    form = "/en/2027/draft/open/register/"

    assert staff_client.post(form, {"name_latin": "KUMROU Typed"}).url == f"{form}?page=2"
    assert staff_client.post(f"{form}?page=3", {"back": "1"}).url == f"{form}?page=2"
    assert staff_client.post(f"{form}?page=3", {"data_use": "on"}).url == f"{form}?page=3"
    assert staff_client.post(f"{form}others/", {"helper_name": "KUMROU Typed"}).url == f"{form}others/"

    assert "KUMROU Typed" not in staff_client.get(form).text
    assert not Registration.objects.exists()


def test_wording_that_names_another_organisation_is_told(new):
    def said():
        return {check.title: check for check in checks(new, 0)}["Wording of what people agree to"]

    assert said().is_done
    new.organisers.filter(organisation__name_en="The Asia Foundation").delete()

    assert not said().is_done
    assert "They name TAF, without a role in this edition." in said().said


def test_page_that_staff_have_written_is_among_those_that_can_be_seen(staff_client, new):
    Page.objects.create(edition=new, slug="hotels", title_en="Hotels nearby", text_en="SAMPLE text")

    assert "Hotels nearby" in read(staff_client.get(page_of(new)))
    assert "SAMPLE text" in read(staff_client.get("/en/2027/draft/open/pages/hotels/"))


class Hand:
    """Follows links and presses buttons that stand on the page, and counts."""

    def __init__(self, client):
        self.client, self.clicks = client, 0
        self.page = client.get("/admin/")

    def link(self, address):
        assert address in links(self.page), address
        self.clicks += 1
        self.page = self.client.get(address, follow=True)

    def button(self, label, clicks_before=0, **data):
        """`clicks_before`: ticks, and lists that are opened."""
        assert label in self.page.text, label
        self.clicks += clicks_before + 1
        self.page = self.client.post(self.page.request["PATH_INFO"], data, follow=True)


@pytest.fixture
def later(monkeypatch):
    """Two years after: else today is a day of the year before, and stands beside what is published."""
    monkeypatch.setattr(timezone, "now", lambda: now() + timedelta(days=730))


def test_next_year_is_public_in_40_clicks_and_no_page_speaks_of_the_year_before(later, staff_client, edition):
    hand = Hand(staff_client)

    hand.link(EDITIONS)
    copied = {"action": "copy_edition", "_selected_action": str(edition.pk)}
    hand.button("Copy this edition for another year", clicks_before=3, **copied)  # a tick, a list, its line
    hand.button("Copy", first_day="2027-03-16", **copied)
    ready = hand.page.request["PATH_INFO"]
    old = re.findall(r'name="text" value="([^"]+)"', hand.page.text)
    hand.button("Change the texts that are ticked", words="", text=old)
    hand.link(reverse("admin:agenda_publish", args=[2027]))
    hand.button("Publish", seen=re.search(r'name="seen" value="([^"]*)"', hand.page.text)[1], note_en="", note_km="")
    hand.link(EDITIONS)
    hand.link(ready.replace("ready", "change"))
    hand.link(ready)
    hand.button("Make the edition public", public="")

    assert Edition.objects.get(year=2027).is_public
    assert hand.clicks <= 14  # 40 are the goal: a click more fails
    assert pages_that_say(Client(), OF_2024) == []


OF_2024 = re.compile(r"2024|២០២៤|(?<![0-9])2[67].{0,9}March|March.{0,3}2[67]|(?<![០-៩])២[៦៧].{0,8}មីនា")


def pages_that_say(visitor, words):
    """Of all public pages of 2027 in both languages those on which these words stand."""
    todo, seen, found = ["/en/2027/", "/km/2027/"], set(), []
    while todo:
        address = todo.pop()
        if address in seen:
            continue
        seen.add(address)
        page = visitor.get(address)
        if page.status_code == 200 and page.headers["Content-Type"].startswith("text/html"):
            todo += [link.partition("#")[0] for link in links(page) if re.match(r"/(?:en|km)/2027/[^?]*$", link or "")]
            found += [f"{address}: {one[0]}" for one in [words.search(read(page))] if one]
    assert len(seen) > 100  # it went everywhere
    return found
