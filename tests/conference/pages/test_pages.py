"""Pages that staff write themselves: a draft that staff alone see, published in both languages, and taken back."""

import pytest
from django.contrib.auth.models import Permission, User
from django.db import IntegrityError, transaction
from django.test import Client

from agenda.chase.rows import load
from agenda.editions.copying import copy_edition
from conference.pages.markdown import as_html
from conference.pages.tables import NotWhole, Page
from tests.pages import links, read

ADD = "/admin/conference/page/add/"
EN, KM = "/en/2024/pages/visa/", "/km/2024/pages/visa/"
TEXTS = {
    "title_en": "Visa and entry",
    "title_km": "ទិដ្ឋាការ",
    "text_en": "# Who needs one\n\nAsk [the ministry](https://www.example.org/visa).",
    "text_km": "# អ្នកណាត្រូវការ\n\nសូមសួរ [ក្រសួង](https://www.example.org/km)។",
}


@pytest.fixture
def page(edition):
    return Page.objects.create(edition=edition, slug="visa", place="menu", **TEXTS)


def steps(client, page, **data):
    return client.post(f"/admin/conference/page/{page.pk}/publish/", data, follow=True)


def publish(client, page):
    return steps(client, page, publish=page.mark)


def member_with(*rights):
    user = User.objects.create_user("sample", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=rights))
    client = Client()
    client.force_login(user)
    return client


def test_page_is_written_looked_at_published_and_taken_back(staff_client, client, edition):
    typed = {"edition": edition.pk, "slug": "visa", "place": "menu", "position": 1, **TEXTS, "_look": "1"}
    looked_at = staff_client.post(ADD, typed, follow=True)
    page = Page.objects.get()

    assert looked_at.resolver_match.url_name == "conference_page_publish"
    assert "The public does not see this page." in read(looked_at)
    assert "Who needs one" in read(looked_at)
    assert "អ្នកណាត្រូវការ" in read(looked_at)
    drafts = {"/en/2024/draft/pages/pages/visa/", "/km/2024/draft/pages/pages/visa/"}
    assert drafts <= set(links(looked_at))
    assert all("This is the draft" in read(staff_client.get(one)) for one in drafts if "/en/" in one)
    visitor = Client()
    assert [visitor.get(one).status_code for one in (EN, KM)] == [404, 404]
    assert EN not in links(visitor.get("/en/2024/"))

    publish(staff_client, page)
    assert "Visa and entry" in read(visitor.get(EN))
    assert "ទិដ្ឋាការ" in read(visitor.get(KM))
    assert EN in links(staff_client.get("/en/2024/"))
    assert KM in links(visitor.get(EN))  # the language switch
    assert EN in links(staff_client.get("/en/2024/search/?q=entry"))

    assert "Visitors do not find this page any more." in read(steps(staff_client, page, back="1"))
    assert staff_client.get(EN).status_code == 404
    assert EN not in links(staff_client.get("/en/2024/search/?q=entry"))


def test_saving_changes_nothing_for_the_public_until_it_is_published(staff_client, page):
    page.publish(None)
    Page.objects.update(text_en="Something else")
    page.refresh_from_db()

    assert "Something else" not in read(staff_client.get(EN))
    assert "What stands below waits to be published." in read(steps(staff_client, page))
    publish(staff_client, page)
    assert "Something else" in read(staff_client.get(EN))

    steps(staff_client, page, version="1")
    page.refresh_from_db()
    assert page.text_en == TEXTS["text_en"]
    assert "Something else" in read(staff_client.get(EN))  # until this is published, too


@pytest.mark.parametrize("column", TEXTS)
def test_both_languages_are_needed(staff_client, page, column):
    Page.objects.update(**{column: " "})
    page.refresh_from_db()

    answer = publish(staff_client, page)

    assert "Nothing was published: a page needs both languages." in read(answer)
    assert "Before it can be published it still needs:" in read(answer)
    assert staff_client.get(EN).status_code == 404
    with pytest.raises(NotWhole):
        page.publish(None)


def test_what_a_colleague_changed_meanwhile_is_not_published_unread(staff_client, page):
    seen = page.mark
    Page.objects.update(text_en="Of a colleague")

    answer = steps(staff_client, page, publish=seen)

    assert "Nothing was published: the page has changed." in read(answer)
    assert staff_client.get(EN).status_code == 404


def test_page_stands_where_staff_say(staff_client, page):
    page.publish(None)
    for place, stands in (("menu", True), ("foot", True), ("nowhere", False)):
        Page.objects.update(place=place)
        home = staff_client.get("/en/2024/").content.decode()
        menu, _main, foot = home.partition("</header>")[0], "", home.partition("<footer")[2]
        assert (EN in menu, EN in foot) == (place == "menu", place == "foot")
        assert staff_client.get(EN).status_code == 200
        assert stands == (EN in menu + foot)


def test_menu_takes_one_query_however_many_pages(staff_client, edition, django_assert_max_num_queries):
    Page.objects.create(edition=edition, slug="p", place="menu", **TEXTS).publish(None)
    with django_assert_max_num_queries(100) as before:
        staff_client.get("/en/2024/background/")
    for number in range(8):
        Page.objects.create(edition=edition, slug=f"p{number}", place="menu", **TEXTS).publish(None)
    with django_assert_max_num_queries(len(before)):
        staff_client.get("/en/2024/background/")


def test_rights(page, client):
    look = f"/admin/conference/page/{page.pk}/publish/"
    reader = member_with("view_page")

    assert reader.get(look).status_code == 200
    assert "draft/pages" not in reader.get(look).content.decode()  # they may not see drafts of the programme
    assert reader.post(look, {"publish": page.mark}).status_code == 403
    assert client.get(look).status_code == 302
    assert client.get("/en/2024/draft/pages/pages/visa/").status_code == 302


def test_address_of_a_public_page_stays(staff_client, page):
    page.publish(None)
    form = staff_client.get(f"/admin/conference/page/{page.pk}/change/").context["adminform"].form

    assert not {"slug", "edition"} & set(form.fields)


def test_one_version_of_a_page_is_shown(page):
    version = page.publish(None)
    with pytest.raises(IntegrityError), transaction.atomic():
        page.versions.create(number=2, is_shown=True, published_at=version.published_at)
    assert page.publish(None).number == 2


def test_copy_of_an_edition_has_the_pages_as_drafts(page, edition):
    page.publish(None)
    new = copy_edition(edition, edition.starts_on.replace(year=2031))

    copied = new.pages.get()
    assert (copied.slug, copied.draft) == ("visa", TEXTS)
    assert copied.shown is None
    assert copied in load(new).about


def test_year_that_is_not_public_shows_no_page(page, edition):
    page.publish(None)
    type(edition).objects.update(is_public=False)

    assert Client().get(EN).status_code == 404


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>"),
        ("<b onclick=x>y</b>", "<p>&lt;b onclick=x&gt;y&lt;/b&gt;</p>"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        ("[x](//example.org)", "<p>[x](//example.org)</p>"),
        ("[x](data:text/html,y)", "<p>[x](data:text/html,y)</p>"),
        ("[x](/en/2024/)", '<p><a href="/en/2024/">x</a></p>'),
        (
            "<https://example.org>",
            '<p><a href="https://example.org" rel="external noopener">https://example.org</a></p>',
        ),
        ("# a\n### b\n## c\n# d", "<h2>a</h2>\n<h3>b</h3>\n<h3>c</h3>\n<h2>d</h2>"),
        ("#### a", "<h2>a</h2>"),
        ("one\ntwo", "<p>one<br />\ntwo</p>"),
        ("    indented", "<p>indented</p>"),
    ],
)
def test_nothing_but_the_marks_comes_out(typed, html):
    assert as_html(typed).strip() == html


def test_table_can_be_scrolled_and_brings_no_style():
    html = as_html("| a | b |\n|---|--:|\n| 1 | 2 |")

    assert 'tabindex="0"' in html
    assert '<th scope="col">a</th>' in html
    assert "style" not in html


def test_picture_is_refused_and_nothing_is_lost(staff_client, edition):
    typed = {"edition": edition.pk, "slug": "visa", "place": "menu", "position": 1, **TEXTS}
    typed["text_km"] = "![x](https://example.org/x.png)"

    answer = staff_client.post(ADD, typed)

    assert "A picture cannot stand in the text of a page." in read(answer)
    assert "![x]" in answer.content.decode()
