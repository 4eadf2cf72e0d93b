"""A visit to a page gathers what all the tests of that page look at: opening it costs far more than looking."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import Page, Request

from tests.browser.axe import violations
from tests.browser.pages import show

PHONE = {"width": 360, "height": 740}
NARROW = {"width": 320, "height": 640}
VIEWS = [(360, "light"), (360, "dark"), (1280, "light")]

REPORT_VIOLATIONS = """
    document.addEventListener("securitypolicyviolation", event =>
        console.error(`forbidden by policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`))
"""
# Every piece of text that is seen or read aloud, with the language it claims to be in.
TEXTS = """
    () => {
        const language = element => element.closest("[lang]").lang;
        const isShown = element => (element.closest("select") ?? element).checkVisibility();
        const texts = [[document.title, document.documentElement.lang]];
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
            const element = walker.currentNode.parentElement;
            if (isShown(element)) texts.push([walker.currentNode.data.trim(), language(element)]);
        }
        for (const element of document.body.querySelectorAll("*"))
            for (const name of ["title", "alt", "aria-label", "placeholder"])
                if (element.getAttribute(name)) texts.push([element.getAttribute(name), language(element)]);
        return texts.filter(([text]) => text);
    }
"""
SELECT_STYLE = """
    selects => selects.map(getComputedStyle).map(style => ({
        appearance: style.appearance,
        height: parseFloat(style.lineHeight) / parseFloat(style.fontSize),
    }))
"""


@dataclass(frozen=True)
class Visit:
    heard: list[str]  # while the page opened; see listen()
    cookies: list[str]  # that the browser has kept by then
    texts: list[list[str]]  # each with its language
    selects: list[dict]
    narrow_width: int  # of all there is, on a screen of 320 pixels
    violations: list[tuple[int, str, str]]  # of the rules of axe, each with the width and the colours


def visit_page(page: Page, heard: list[str], language: str, name: str) -> Visit:
    """Opens a page as visitors do, in a tab that listens already."""
    _look(page, PHONE, "light")
    show(page, language, name)
    heard_meanwhile = heard.copy()
    cookies = [cookie["name"] for cookie in page.context.cookies()]
    texts = page.evaluate(TEXTS)
    selects = page.locator("select").evaluate_all(SELECT_STYLE)
    _look(page, NARROW, "light")
    narrow_width = page.evaluate("document.documentElement.scrollWidth")
    found = []
    for width, colours in VIEWS:
        _look(page, {"width": width, "height": 800}, colours)
        found += [(width, colours, violation) for violation in violations(page)]
    heard.clear()
    return Visit(heard_meanwhile, cookies, texts, selects, narrow_width, found)


def _look(page, size, colours):
    page.set_viewport_size(size)
    page.emulate_media(color_scheme=colours)


def listen(page: Page) -> list[str]:
    """The list that errors, breaches of the policy and requests to elsewhere are put into from now on."""
    heard = []
    page.add_init_script(REPORT_VIOLATIONS)
    page.on("pageerror", lambda error: heard.append(f"script: {error}"))
    page.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: heard.append(request.url) if _is_elsewhere(request) else None)
    return heard


def _is_elsewhere(request: Request) -> bool:
    return urlsplit(request.url).hostname != "127.0.0.1"
