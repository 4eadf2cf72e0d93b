"""The guide for staff: a page of the admin in both languages, out of docs/."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.test import Client
from django.urls import URLResolver, get_resolver
from django.utils.translation import override

from conference.staff.guide import PLACES, as_guide, guide_in, place_of
from registration.admin.front_page.shelves import SHELVES
from tests.pages import links, read
from tests.registration.admin.registrations.test_registration import member_of


@pytest.mark.parametrize(("language", "said"), [("en", "Publishing the agenda"), ("km", "ការកែប្រែរបៀបវារៈ")])
def test_every_page_of_the_admin_leads_to_the_guide_in_the_readers_language(client, edition, language, said):
    desk = member_of("Registration desk", client)
    desk.cookies["language"] = language

    assert "/admin/guide/" in links(desk.get("/admin/registration/registration/"))
    page = desk.get("/admin/guide/")

    assert said in read(page)
    assert f'<html lang="{language}"' in page.content.decode()
    assert not [link for link in links(page) if link and link.startswith("http")]  # it needs no other site
    assert "**" not in re.sub("<code>.*?</code>", "", page.content.decode())  # but where marks are explained


def test_guide_is_for_staff(db):
    assert Client().get("/admin/guide/").status_code == 302


def test_marks_become_elements_and_nothing_else_does():
    text = '# Title\n\n<a id="one"></a>\n\n## Part <one>\n\n* one\n  goes on\n* <a id="two"></a>`two`\n\nPlain <b>.'

    guide = as_guide(text)

    assert guide.html.replace("\n", " ").strip() == (
        '<a id="one"></a> <h2>Part &lt;one&gt;</h2> '
        '<ul> <li>one goes on</li> <li><a id="two"></a><code>two</code></li> </ul> '
        "<p>Plain &lt;b&gt;.</p>"
    )
    assert guide.parts == [("one", "Part &lt;one&gt;")]


def pages_of_staff():
    """The names of all addresses of the admin which show a page of their own; `route` begins below admin/."""
    for route, name in named(get_resolver()):
        if route.startswith("admin/") and not FOR_NO_READER.match(name):
            yield name


def named(resolver, before="", space=""):
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from named(entry, route, f"{space}{entry.namespace}:" if entry.namespace else space)
        elif entry.name:
            yield route, space + entry.name


# Signing in, where there is no guide yet; the guide itself; what programs ask for.
FOR_NO_READER = re.compile(
    r"sign_in|forgotten|new_password|volunteer$|staff_guide|admin:(?:login|logout|jsi18n|autocomplete|view_on_site)$"
)


def places_in(language):
    return re.findall('<a id="([^"]+)"', guide_in(language).html)


def test_both_languages_have_the_same_places_in_one_order():
    assert places_in("en") == places_in("km")
    assert len(set(places_in("en"))) == len(places_in("en")) > 30


def test_each_page_of_staff_leads_to_a_place_that_is_there():
    names = set(pages_of_staff())

    assert {name: place_of(name) for name in names if place_of(name) not in places_in("en")} == {}
    assert len(names) > 100
    assert set(PLACES.values()) <= set(places_in("en"))
    assert {start for start in PLACES if not any(name.startswith(start) for name in names)} == set()


def test_more_is_said_than_that_it_is_about_the_agenda():
    """The longest beginning is taken."""
    assert place_of("admin:agenda_day_shift_undo") == "late"
    assert place_of("admin:agenda_day_changelist") == "agenda"
    assert place_of("admin:registration_messagetext_preview") == "words"


@pytest.mark.parametrize("language", ["en", "km"])
def test_sign_beside_the_title_opens_the_guide_at_its_place(client, edition, language):
    desk = member_of("Registration desk", client)
    desk.cookies["language"] = language

    assert "/admin/guide/#registrations" in links(desk.get("/admin/registration/registration/"))
    assert "/admin/guide/#letters" in links(desk.get("/admin/registration/letter/"))
    contents = links(desk.get("/admin/guide/"))
    wanted = [f"#{name}" for name, _heading in guide_in(language).parts]
    assert [one for one in contents if one in wanted] == wanted
    assert "#cannot" in contents


def test_first_page_leads_to_the_first_steps_until_they_are_put_away(client, edition):
    desk = member_of("Registration desk", client)
    assert "/admin/first-steps/" in links(desk.get("/admin/"))

    steps = desk.get("/admin/first-steps/")
    assert len(steps.context["steps"]) == 10
    assert "/admin/registration/registration/" in links(steps)
    assert "/admin/agenda/session/import/" not in links(steps)  # the work of colleagues

    assert desk.post("/admin/first-steps/").url == "/admin/"
    assert "/admin/first-steps/" not in links(desk.get("/admin/"))
    assert "/admin/first-steps/" in links(desk.get("/admin/guide/"))


def test_first_steps_of_an_account_with_all_rights_are_all_links(staff_client, edition):
    steps = staff_client.get("/admin/first-steps/").context["steps"]

    assert [text for text, address in steps if not address] == []
    assert {staff_client.get(address).status_code for _text, address in steps} == {200}


@pytest.mark.django_db
def test_first_steps_open_where_there_is_no_edition_yet(staff_client):
    assert staff_client.get("/admin/first-steps/").status_code == 200


ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("path", ["docs/staff.km.md", "locale/km/LC_MESSAGES/django.po"])
def test_khmer_says_who_does_it(path):
    """No sentence with «ត្រូវបាន» where an active one does."""
    assert "ត្រូវបាន" not in (ROOT / path).read_text(encoding="utf-8")


END = "(?![\\w\u1780-\u17d3])"  # of a word in either script


@pytest.mark.parametrize("language", ["en", "km"])
def test_each_way_to_a_table_begins_with_the_heading_under_which_it_stands(language):
    """“Sign-up → Intakes”: as the first page of the admin groups the tables, and in its words."""
    guide = re.sub(r"\s+", " ", (ROOT / f"docs/staff.{language}.md").read_text(encoding="utf-8")).casefold()
    tables = {model._meta.object_name: model._meta.verbose_name_plural for model in apps.get_models()}
    ways = 0
    with override(language):
        for shelf, names in SHELVES:
            for name in names.split():
                for before in re.findall(rf"(.{{40}}) → {re.escape(str(tables[name]).casefold())}{END}", guide):
                    ways += 1
                    assert before.endswith(str(shelf).casefold()), (before, name)
    assert ways > 8
