"""The guide for staff: a page of the admin in both languages, out of docs/."""

import pytest
from django.test import Client

from conference.guide import as_html
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
    assert "**" not in read(page)


def test_guide_is_for_staff(db):
    assert Client().get("/admin/guide/").status_code == 302


def test_marks_become_elements_and_nothing_else_does():
    text = "# Title\n\n## Part <one>\n\n| a | b |\n|---|---|\n| 1 | **2** |\n\n* one\n  goes on\n* `two`\n\nPlain."

    assert as_html(text) == (
        '<h2 id="part-1">Part &lt;one&gt;</h2>'
        "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td><strong>2</strong></td></tr></table>"
        "<ul><li>one goes on</li><li><code>two</code></li></ul>"
        "<p>Plain.</p>"
    )
