"""What staff write in Markdown, as HTML: headings, lists, links, tables, bold and italic words, and nothing else.

HTML that the writer types is shown as it was typed. Headings begin at the second level, because the page has its
title, and skip none. No picture stands in a text.
"""

import re
from collections.abc import Iterable

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, gettext_lazy
from markdown_it import MarkdownIt
from markdown_it.token import Token

LEADS_TO = re.compile(r"(?:https?://|mailto:|tel:|/(?!/)|#)", re.IGNORECASE)
PICTURE = re.compile(r"!\[[^\]]*\]\(")
HOW = gettext_lazy(
    "A blank line parts paragraphs. ## begins a heading, - a line of a list, **bold**, *italic*, [words](https://…) a "
    "link. No HTML, no pictures."
)


class Markdown(MarkdownIt):
    """`breaks` says whether a line of the writer is a line of the page."""

    def __init__(self, *, breaks: bool) -> None:
        super().__init__("commonmark", {"html": False, "breaks": breaks})
        self.enable("table")
        # An indented line is no code, a line below words makes no heading of them: few writers mean it.
        self.disable(["code", "lheading", "image"])

    def validateLink(self, url: str) -> bool:
        """What leads elsewhere than to a page, a mailbox or a telephone stays the words that were typed."""
        return LEADS_TO.match(url) is not None

    def tokens(self, text: str, *, below: int = 1) -> list[Token]:
        """`below` is the level of the heading under which the text stands."""
        found = self.parse(text)
        _in_steps(found, below)
        for token in found:
            token.attrs.pop("style", None)  # of a column to the right: a page takes no style beside its sheet
            if token.type == "th_open":
                token.attrs["scope"] = "col"
            for inner in token.children or []:
                if inner.type == "link_open" and str(inner.attrs["href"]).lower().startswith("http"):
                    inner.attrs["rel"] = "external noopener"
        return found

    def html(self, tokens: Iterable[Token]) -> SafeString:
        made: str = self.renderer.render(list(tokens), self.options, {})
        region = f'<div class="wide-table" role="region" tabindex="0" aria-label="{gettext("Table")}"><table>'
        made = made.replace("<table>", region).replace("</table>", "</table></div>")
        return mark_safe(made)  # noqa: S308 -- the library escapes what the writer typed


def _in_steps(tokens: list[Token], below: int) -> None:
    """##### below ## is one step, not three; the first heading is one level below that of the page."""
    above: list[int] = []
    for token in tokens:
        if token.type == "heading_open":
            typed = int(token.tag[1])
            while above and above[-1] >= typed:
                above.pop()
            above.append(typed)
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(len(above) + below, 6)}"


OF_PAGES = Markdown(breaks=True)


def as_html(text: str, *, below: int = 1) -> SafeString:
    """A page of the site."""
    return OF_PAGES.html(OF_PAGES.tokens(text, below=below))
