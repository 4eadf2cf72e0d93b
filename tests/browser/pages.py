"""The public pages, and how a visitor comes to them and through the form."""

import re

from django.utils.translation import gettext, override

LANGUAGES = ["en", "km"]
CONTENT = {
    "home": "",
    "agenda": "agenda/",
    "session with a panel": "agenda/d1-14/",
    "session of a parallel room": "agenda/d2-03/",
    "speakers": "speakers/",
    "background": "background/",
    "organizers": "organizers/",
    "participants": "participants/",
    "other events": "events/",
    "not found": "nothing-is-here/",
}
FORMS = {
    "sign-up": "register/",
    "sign-up with errors": "register/",
    "thanks": "register/thanks/",
    "about participants": "register/about-participants/",
    "guardian": "register/guardian/",
    "find": "register/find/",
}
OWN = {
    "own page": "registration/",
    "own access needs": "registration/access-needs/",
    "cancelling": "registration/cancel/",
    "erasing": "registration/erase/",
}
PAGES = [*CONTENT, *FORMS, *OWN]


def show(page, language, name):
    """Goes to a page as visitors do; what comes after the form is reached through it."""
    if name in OWN:
        show(page, language, "thanks")
        page.click(".own-link")
        page.goto(f"/{language}/{OWN[name]}")
        return
    address = f"/{language}/2024/{(CONTENT | FORMS)[name]}"
    page.goto(address)
    if name == "sign-up with errors":
        send(page)
        page.wait_for_selector("#error-summary")
    elif not page.url.endswith(address):  # nobody has signed up in this browser yet
        fill_in(page)
        send(page)
        page.wait_for_url("**/register/thanks/")
        page.goto(address)
    page.evaluate("document.fonts.ready")


def choose(page, name, *values):
    for value in values:
        page.check(f"[name={name}][value='{value}']")


def fill_in(page, name_km="សុខ ដារ៉ា", access_note=""):
    """A participant from Battambang who asks for sign language and for the journey."""
    page.fill("#id_name_km", name_km)
    page.fill("#id_name_latin", "SOK Dara")
    choose(page, "adult", "yes")
    page.fill("#id_phone", "០១២ ៣២ ៣០ ៤៥")
    choose(page, "sector", "community")
    choose(page, "part", "participant")
    for day in page.locator("[name=days]").all():
        day.check()
    choose(page, "languages", "km")
    choose(page, "access_needs", "sign_language", "seat_front")
    page.fill("#id_access_note", access_note)
    page.select_option("#id_province", "02")
    choose(page, "needs_travel", "yes")
    choose(page, "mode", "bus")
    choose(page, "photos", "decide_there")
    page.check("#id_data_use")


def send(page):
    page.click("main form [type=submit]")


def in_khmer(words):
    """What the Khmer catalogue says for them; without a translation the test ends here."""
    with override("km"):
        translated = gettext(words)
    assert re.search("[ក-៹]", translated), f"The Khmer catalogue has nothing for {words!r}"
    return translated
