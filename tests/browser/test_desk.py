"""The desk in the browser: by keyboard, without a line, at two desks at once; and what it leaves in the browser."""

import json
from datetime import datetime

import pytest
import segno
from playwright.sync_api import expect

from tests.browser.axe import violations
from tests.browser.pages import LANGUAGES
from tests.browser.visits import listen

pytestmark = pytest.mark.browser

DAY = "/admin/desk/2024/1/"
# Nothing of this may be in a browser: what people answered, how they are reached, who is signed in.
SENSITIVE = ["CANARY-NOTE", "sign_language", "canary-mail", "8551298", "canary-desk", "csrfmiddlewaretoken"]
UNTIL = "async () => { while (!(await (%s)())) await new Promise(resolve => setTimeout(resolve, 20)); }"
PAGE_IS_KEPT = UNTIL % "async () => caches.match(location.pathname)"
ACTS = """
    async () => {
        const open = indexedDB.open("desk-unsent");
        await new Promise(resolve => open.onsuccess = resolve);
        const all = open.result.transaction("acts").objectStore("acts").getAll();
        await new Promise(resolve => all.onsuccess = resolve);
        open.result.close();
        return all.result;
    }
"""
ALL_IS_SENT = UNTIL % f"async () => !(await ({ACTS})()).length"
# A picture of the test's own in place of the camera: window.rows are those of a code.
CAMERA = """
    const canvas = Object.assign(document.createElement("canvas"), {width: 640, height: 480});
    const context = canvas.getContext("2d");
    window.rows = [];
    setInterval(() => {
        const side = Math.floor(400 / rows.length);
        context.fillStyle = "white";
        context.fillRect(0, 0, 640, 480);
        context.fillStyle = "black";
        for (const [y, row] of rows.entries())
            for (const [x, isDark] of row.entries())
                if (isDark) context.fillRect(120 + x * side, 40 + y * side, side, side);
    }, 50);
    navigator.mediaDevices.getUserMedia = async () => canvas.captureStream(10);
"""
FULL_DISK = """
    for (const name of ["add", "put"])
        IDBObjectStore.prototype[name] = () => { throw new DOMException("full", "QuotaExceededError"); };
"""
EVERYTHING_KEPT = """
    async () => {
        const kept = [Object.entries(localStorage), Object.entries(sessionStorage), document.cookie];
        for (const name of await caches.keys())
            for (const request of await (await caches.open(name)).keys()) {
                const answer = await caches.match(request);
                const isPage = /html/.test(answer.headers.get("Content-Type"));
                kept.push([request.url, [...answer.headers], isPage && await answer.text()]);
            }
        for (const {name} of await indexedDB.databases()) {
            const open = indexedDB.open(name);
            await new Promise(resolve => open.onsuccess = resolve);
            for (const store of open.result.objectStoreNames) {
                const all = open.result.transaction(store).objectStore(store).getAll();
                await new Promise(resolve => all.onsuccess = resolve);
                kept.push([name, store, all.result]);
            }
            open.result.close();
        }
        return JSON.stringify(kept);
    }
"""


LOADED_WITHOUT = """
    async (name) => {
        const person = [...people.values()].find(({latin}) => latin === `KUMROU ${name}`);
        person.notice = "Sample notice";
        const day = {date: "2024-03-26"};
        const others = [...people.values()].filter((one) => one !== person);
        const made_at = new Date().toISOString();
        await deskLine.heard.people({made_at, day, counts: {places: null}, people: others}, known.offset);
    }
"""


@pytest.fixture
def desk(new_page, morning):
    """desk(0), desk(1): the page of the first day, in a browser and an account of its own."""

    def open_desk(turn=0, *, language="en", before="", **options):
        page = new_page(base_url=morning.url, **options)
        if before:
            page.add_init_script(before)
        cookies = {"session": morning.sessions[turn], "language": language}
        page.context.add_cookies(
            [{"name": name, "value": value, "url": morning.url} for name, value in cookies.items()]
        )
        page.goto(DAY)
        expect(page.locator("#live")).to_be_visible()
        if "service_workers" not in options:
            page.evaluate(PAGE_IS_KEPT)
        return page

    return open_desk


def given_names(page):
    """Of those who are not in yet, the word that no other person has."""
    people = page.request.get(f"{DAY}people.json").json()["people"]
    return [one["latin"].split()[1] for one in people if not one["in"] and one["status"] == "place"]


def take_in(page, name):
    page.keyboard.type(name)
    page.keyboard.press("Enter")
    expect(page.locator("[data-last-name]")).to_have_text(f"KUMROU {name}")


def since(page):
    """When each of those who are in came, as the server has it."""
    people = page.request.get(f"{DAY}people.json").json()["people"]
    return {one["token"]: datetime.fromisoformat(one["in"]) for one in people if one["in"]}


def test_two_desks_without_a_line(desk):
    """40 arrivals, 5 of them at both desks, and a page that is loaded again: 35, each once and at the earlier time."""
    one, other = desk(0), desk(1)
    names, before = given_names(one)[:35], since(one)
    for page in (one, other):
        page.context.set_offline(True)
    for name in names[:10]:
        take_in(one, name)
    one.reload()
    expect(one.locator("[data-line]")).to_contain_text("10 arrivals are not sent yet.")
    expect(one.locator("[data-line]")).to_contain_text("Without a line since")
    for name in names[10:20]:
        take_in(one, name)
    for name in names[15:]:
        take_in(other, name)
    acts = one.evaluate(ACTS) + other.evaluate(ACTS)
    assert len(acts) == 40
    for page in (other, one):
        page.context.set_offline(False)
        page.evaluate(ALL_IS_SENT)

    came = {token: at for token, at in since(one).items() if token not in before}
    earliest = {}
    for act in acts:
        earliest[act["token"]] = min(act["at"], earliest.get(act["token"], act["at"]))
    assert came.keys() == earliest.keys()
    assert len(came) == 35
    # The clock of the site is of another year than the browser's: all moments are moved by the same.
    moved = [(came[token] - datetime.fromisoformat(at)).total_seconds() for token, at in earliest.items()]
    assert max(moved) - min(moved) < 2
    for page in (one, other):
        kept = page.evaluate(EVERYTHING_KEPT) + json.dumps(page.context.cookies())
        assert f"KUMROU {names[0]}" in kept  # it is read
        assert [word for word in SENSITIVE if word in kept] == []


def test_one_press_takes_a_person_in(desk):
    page = desk()
    loads = []
    page.on("framenavigated", lambda frame: loads.append(frame.url))
    names = given_names(page)[:5]
    page.evaluate(
        "window.presses = 0; document.addEventListener('keydown', ({key}) => { presses += key.length > 1; })"
    )
    for name in names:
        take_in(page, name)
    assert page.evaluate("presses") == len(names)
    assert loads == []
    # Three letters, an arrow, Enter; and back by one press.
    page.keyboard.type("kum")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("[data-said]")).to_contain_text("in")
    page.keyboard.press("Escape")
    page.get_by_role("button", name=f"take it back: KUMROU {names[-1]}").click()


def test_letters_an_arrow_and_enter(desk):
    page = desk()
    name = given_names(page)[-1]
    page.keyboard.type(name[:3])
    while page.locator(":focus [data-latin]").all_text_contents() != [f"KUMROU {name}"]:
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("[data-last-name]")).to_have_text(f"KUMROU {name}")
    expect(page.locator("[data-typed]")).to_be_focused()
    page.locator("[data-last-back]").press("Enter")
    expect(page.locator("[data-said]")).to_have_text(f"KUMROU {name} is no longer in.")
    page.evaluate(ALL_IS_SENT)
    assert name in given_names(page)


def test_names_are_forgotten_and_arrivals_are_kept(desk):
    """A session that ends, and an account that goes: names leave the browser, what is not sent stays without them."""
    page = desk(2)  # signed out at the end: no other test is in this account
    name, another = given_names(page)[:2]
    page.context.set_offline(True)
    take_in(page, name)
    session = page.context.cookies()
    page.context.clear_cookies()
    page.context.set_offline(False)
    expect(page.locator("[data-line]")).to_contain_text("No account is signed in here any more")
    expect(page.locator("[data-line]")).to_contain_text("1 arrival is not sent yet.")
    assert len(page.evaluate(ACTS)) == 1
    assert "KUMROU" not in page.evaluate(EVERYTHING_KEPT)
    page.get_by_role("link", name="Sign in").click()
    page.context.add_cookies(session)
    page.goto(DAY)
    expect(page.locator("#live")).to_be_visible()
    page.evaluate(ALL_IS_SENT)
    for _attempt in range(50):  # the list is drawn anew after what was sent has arrived
        if name not in given_names(page):
            break
        page.wait_for_timeout(100)
    assert name not in given_names(page)

    page.context.set_offline(True)
    take_in(page, another)
    page.click("#logout-form button")
    expect(page.locator("[data-said]")).to_contain_text("Not sent yet: 1.")
    page.context.set_offline(False)
    page.evaluate(ALL_IS_SENT)
    page.click("#logout-form button")
    page.wait_for_url("**/logout/")
    page.evaluate(UNTIL % "async () => !(await indexedDB.databases()).some(({name}) => name === 'desk-people')")
    assert "KUMROU" not in page.evaluate(EVERYTHING_KEPT)
    assert not page.evaluate("caches.has('desk')")


def test_account_that_may_not_go_on_leaves_no_names(desk):
    page = desk(service_workers="block")
    page.route("**/people.json", lambda route: route.fulfill(status=403))
    page.evaluate("deskLine.wake()")
    page.context.set_offline(True)  # what is asked for anew is asked for at once
    page.context.set_offline(False)
    expect(page.locator("[data-line]")).to_contain_text("This account may not take people in")
    assert "KUMROU" not in page.evaluate(EVERYTHING_KEPT) + page.content()


def test_notice_stays_of_a_person_who_is_erased_or_merged_meanwhile(desk):
    page = desk(service_workers="block")
    name = given_names(page)[0]
    page.evaluate(LOADED_WITHOUT, name)
    expect(page.locator("[data-notices]")).to_contain_text(f"KUMROU {name}: Sample notice")


def test_day_that_is_gone_from_the_programme_is_said_and_loses_nothing(desk):
    page = desk(service_workers="block")
    name, line = given_names(page)[0], page.locator("[data-line]")
    page.route("**/*.json", lambda route: route.fulfill(status=410, json={"error": ""}))
    take_in(page, name)
    expect(line).to_contain_text("not in the published programme any more")
    expect(line).to_contain_text("1 arrival is not sent yet.")
    expect(line).not_to_contain_text("Without a line")
    page.unroute("**/*.json")
    page.evaluate("deskLine.wake()")
    page.evaluate(ALL_IS_SENT)
    expect(line).to_be_hidden()


def test_word_that_was_sent_as_the_line_went_stands_in_the_field(desk):
    page = desk(1)
    page.context.set_offline(True)
    page.goto(f"{DAY}?q=kum")
    expect(page.locator("[data-typed]")).to_have_value("kum")
    expect(page.locator("[data-found] li").first).to_be_visible()


def test_full_disk_is_said_and_loses_nothing(desk):
    page = desk(before=FULL_DISK)
    name = given_names(page)[0]
    page.context.set_offline(True)
    take_in(page, name)
    expect(page.locator("[data-line]")).to_contain_text("This browser can keep nothing more")
    expect(page.locator("[data-line]")).to_contain_text("1 arrival is not sent yet.")
    page.context.set_offline(False)
    expect(page.locator("[data-line]")).not_to_contain_text("not sent yet")
    assert name not in given_names(page)


def test_badges_are_read_by_the_camera(desk, morning):
    page = desk(before=CAMERA)
    heard = listen(page)
    person = next(one for one in page.request.get(f"{DAY}people.json").json()["people"] if not one["in"])

    def show(text):
        rows = [list(row) for row in segno.make(text, error="m").matrix_iter(border=4)]
        page.evaluate("rows => { window.rows = rows; }", rows)

    show("https://example.org/ticket/1")
    page.get_by_role("button", name="Scan a badge").click()
    said = page.locator("[data-said]")
    expect(said).to_have_text("This code is on no badge of ours. Search for the name instead.")
    show(f"{morning.url}/b/{'x' * 22}/")
    expect(page.locator("[data-notices]")).to_contain_text("This is no badge of this conference.")
    show(f"{morning.url}/b/{person['token']}/")
    expect(said).to_have_text(f"{person['latin']} is in.")
    page.get_by_role("button", name="Close the camera").click()
    assert heard == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_in_each_state(desk, language):
    page = desk(1, language=language)

    def wrong():
        found = []
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            found += violations(page, "#content")
        return found

    page.keyboard.type(given_names(page)[0])
    page.keyboard.press("Enter")
    expect(page.locator("[data-last]")).to_be_visible()
    page.context.set_offline(True)
    page.keyboard.type("kum")
    page.evaluate("notices.push('Sample notice'), show()")
    expect(page.locator("[data-line]")).to_be_visible()
    assert wrong() == []
    page.reload()
    expect(page.locator("[data-line]")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", language)
    assert wrong() == []
