"""Importing the agenda on a narrow screen without JavaScript."""

import pytest

from tests.agenda.importing.pasted import DATA, PUBLISHED
from tests.browser.axe import violations

pytestmark = pytest.mark.browser

RENAMED = PUBLISHED.replace("Open Data for Journalism", "Open Data for Reporters")
CHANGED = RENAMED.replace("9:00 – 9:40", "9:00 – 9:75")


@pytest.fixture
def import_page(new_page, staff_cookies):
    page = new_page(storage_state=staff_cookies)
    page.goto("/admin/agenda/session/")
    page.goto("/admin/agenda/session/import/")
    return page


def test_preview_is_readable_and_fits_a_phone(import_page):
    import_page.fill("#id_text", CHANGED)
    import_page.click("[name=look]")

    assert "Row 85" in import_page.inner_text(".error-summary")
    assert "Open Data for Reporters" in import_page.inner_text(".import table")
    assert violations(import_page, ".import") == []  # the frame around it is Django's
    assert import_page.evaluate("document.querySelector('.import').getBoundingClientRect().right") <= 360


def test_file_is_read_without_javascript(new_page, staff_cookies):
    page = new_page(storage_state=staff_cookies, java_script_enabled=False)
    page.goto("/admin/agenda/session/import/")
    page.set_input_files("#id_file", DATA / "agenda-2024.docx")
    page.click("[name=look]")

    assert "Nothing to change" in page.inner_text(".import")
    assert "agenda-2024.docx" in page.inner_text(".import")
    page.click("[name=look]")  # what was read comes back with the next press

    assert "Nothing to change" in page.inner_text(".import")
