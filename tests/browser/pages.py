"""The public pages, and how a visitor comes to them and through the form."""

import re

from django.utils.translation import gettext, override

from tests.factories import shown_long_ago

LANGUAGES = ["en", "km"]
CONTENT = {
    "home": "",
    "agenda": "agenda/",
    "agenda of one track": "agenda/?track=3",
    "my agenda": "agenda/mine/?mine=d1-08.d2-03.d2-06",
    "session with a panel": "agenda/d1-14/",
    "session of a parallel room": "agenda/d2-03/",
    "speakers": "speakers/",
    "what changed": "agenda/changes/",
    "background": "background/",
    "organizers": "organizers/",
    "participants": "participants/",
    "other events": "events/",
    "search": "search/?q=2024",
    "wording": "register/agreement/2024-1/",
    "now": "agenda/now/?still=1",
    "screen in the hall": "agenda/now/?screen=1&still=1",
    "not found": "nothing-is-here/",
}
FORMS = {
    "sign-up": "register/",
    "sign-up with errors": "register/",
    "sign-up, page 2": "register/",
    "sign-up, page 2 with errors": "register/",
    "sign-up, page 3": "register/",
    "sign-up, page 3 with errors": "register/",
    "thanks": "register/thanks/",
    "about participants": "register/about-participants/",
    "guardian": "register/guardian/",
    "find": "register/find/",
    "others": "register/others/",
    "others with errors": "register/others/",
    "others thanks": "register/others/thanks/",
}
OWN = {
    "own page": "registration/",
    "changing answers": "registration/change/",
    "changing needs": "registration/needs/",
    "own arrangements": "registration/arrangements/",
    "changing the journey": "registration/travel/",
    "changing agreements": "registration/agreements/",
    "asking for a change": "registration/ask/",
    "making a new link": "registration/new-link/",
    "all that we hold": "registration/data/",
    "cancelling": "registration/cancel/",
    "erasing": "registration/erase/",
}
PAGES = [*CONTENT, *FORMS, *OWN]
SHOWN_LONG_AGO = "value => document.querySelectorAll('[name=shown_at]').forEach(field => { field.value = value; })"


def show(page, language, name):
    """Goes to a page as visitors do, with all that the page needs to be complete."""
    address = _address(language, name)
    if name in FORMS:
        page.evaluate("sessionStorage.clear()")  # else the form goes on where another visit has left it
    page.goto(address)
    # It is not sent elsewhere, as before signing up. The form for signing up puts into the address which one it is.
    assert page.url.partition("?form=")[0].endswith(address)
    if name.startswith("sign-up, page"):
        come_to(page, int(name.removeprefix("sign-up, page ")[0]))
    if name.endswith("with errors"):
        send(page)
        page.wait_for_selector("#error-summary")
    page.evaluate("document.fonts.ready")


def sign_up_all(page, language):
    """Asks for a call to a parent, signs up, opens the own page and signs up others.

    From then on this browser is shown every page.
    """
    page.goto(_address(language, "sign-up"))
    page.fill("#id_name_latin", "CHAN Sokha")
    choose(page, "adult", "no")
    page.fill("#id_guardian_name", "CHAN Bopha")
    page.fill("#id_guardian_phone", "012 000 003")
    send(page)
    page.wait_for_url(f"**{_address(language, 'guardian')}")
    page.goto(_address(language, "sign-up"))
    fill_in(page)
    send(page)
    page.click(".own-link")
    page.wait_for_url(f"**{_address(language, 'own page')}")
    page.goto(_address(language, "others"))
    fill_in_others(page)
    send(page)
    page.wait_for_url(f"**{_address(language, 'others thanks')}")


def _address(language, name):
    return f"/{language}/{OWN[name]}" if name in OWN else f"/{language}/2024/{(CONTENT | FORMS)[name]}"


def choose(page, name, *values):
    unfold(page, name)
    for value in values:
        page.check(f"[name={name}][value='{value}']")


def unfold(page, name):
    """A press on the title of each fold of choices that is closed."""
    for fold in page.locator(f"details:has([name={name}])").all():
        if fold.get_attribute("open") is None:
            fold.locator("summary").click()


def fill_in(page, name_km="សុខ ដារ៉ា", access_note=""):
    """A participant from Battambang who asks for sign language and for the journey: all but the last button."""
    come_to(page, 3, name_km=name_km)
    fill_in_needs(page, access_note)


def come_to(page, number, **answers):
    """One of the three pages, from the first one."""
    if number > 1:
        fill_in_who(page, **answers)
        send(page)
        page.wait_for_url("**page=2")
    if number > 2:
        fill_in_taking_part(page)
        send(page)
        page.wait_for_url("**page=3")


def fill_in_who(page, name_km="សុខ ដារ៉ា"):
    page.fill("#id_name_km", name_km)
    page.fill("#id_name_latin", "SOK Dara")
    page.fill("#id_phone", "០១២ ៣២ ៣០ ៤៥")
    choose(page, "adult", "yes")


def fill_in_taking_part(page):
    page.select_option("#id_sector", "community")
    choose(page, "part", "participant")
    for day in page.locator("[name=days]").all():
        day.check()
    choose(page, "languages", "km")


def fill_in_needs(page, access_note=""):
    page.select_option("#id_province", "02")
    choose(page, "needs_anything", "yes")
    unfold(page, "access_needs")
    choose(page, "access_needs", "sign_language", "seat_front")
    page.fill("#id_access_note", access_note)
    choose(page, "needs_travel", "yes")
    page.select_option("#id_mode", "bus")
    choose(page, "photos", "decide_there")
    page.check("#id_data_use")


def fill_in_others(page):
    """A helper signs up another person, who is reached through the helper."""
    page.fill("#id_helper_name", "សុខ ដារ៉ា")
    page.fill("#id_helper_phone", "០១២ ៣២ ៣០ ៤៥")
    page.select_option("#id_sector", "community")
    page.select_option("#id_part", "participant")
    for day in page.locator("[name=days]").all():
        day.check()
    page.select_option("#id_province", "02")
    page.fill("#id_person-1-name_latin", "SOK Dara")
    choose(page, "person-1-adult", "yes")
    page.check("#id_person-1-through_helper")
    page.check("#id_agreed")


def send(page):
    """Sends the form, as after reading it, and waits for the page that answers: a click alone does not wait for it."""
    page.evaluate(SHOWN_LONG_AGO, shown_long_ago())
    with page.expect_navigation(wait_until="domcontentloaded"):
        page.click("main form [type=submit]")


def in_khmer(words):
    """What the Khmer catalogue says for them; without a translation the test ends here."""
    with override("km"):
        translated = gettext(words)
    assert re.search("[ក-៹]", translated), f"The Khmer catalogue has nothing for {words!r}"
    return translated
