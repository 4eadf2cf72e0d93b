"""The checks of axe: WCAG 2.2 A and AA as far as a machine can tell, good practice, and the contrast of AAA."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RULES = {
    "runOnly": {"type": "tag", "values": [*WCAG, "best-practice"]},
    "rules": {"color-contrast-enhanced": {"enabled": True}},
    "resultTypes": ["violations"],
}
RUN = """
    async ([part, options]) => {
        const {violations} = await axe.run(part ?? document, options);
        return violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html}`));
    }
"""


def violations(page: Page, part: str | None = None) -> list[str]:
    """What axe finds on the page, or in a part of it alone."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return page.evaluate(RUN, [part, RULES])
