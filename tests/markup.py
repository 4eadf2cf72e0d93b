"""What is wrong in the markup of a page, as far as a program of some lines can see it."""

from collections import Counter
from html.parser import HTMLParser

from tests.pages import VOID

SELF_CLOSED = VOID | {"circle", "path", "polygon", "rect", "use"}
BLOCKS = {"address", "article", "aside", "blockquote", "details", "div", "dl", "fieldset", "figure", "footer", "form"}
BLOCKS |= {"h1", "h2", "h3", "h4", "header", "main", "nav", "ol", "p", "section", "table", "ul"}
INSIDE = {"li": {"ul", "ol"}, "dt": {"dl", "div"}, "dd": {"dl", "div"}, "legend": {"fieldset"}, "summary": {"details"}}
REFERENCES = ("aria-labelledby", "aria-describedby", "aria-controls", "for", "form", "list")
LANDMARKS = {"aside", "nav", "article", "form"}


class _Checker(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.faults, self.ids, self.wanted, self.landmarks = [], [], Counter(), set(), []

    def handle_starttag(self, tag, attributes):
        has = dict(attributes)
        if tag in BLOCKS and "p" in self.open:
            self.faults.append(f"<{tag}> inside <p>")
        if tag in INSIDE and (not self.open or self.open[-1] not in INSIDE[tag]):
            self.faults.append(f"<{tag}> not inside {sorted(INSIDE[tag])}")
        if len(has) < len(attributes):
            self.faults.append(f"<{tag}> has an attribute twice")
        self.ids.update([has["id"]] if "id" in has else [])
        self.wanted |= {one for name in REFERENCES for one in (has.get(name) or "").split()}
        if (has.get("href") or "").startswith("#"):
            self.wanted.add(has["href"][1:])
        if tag in LANDMARKS:
            self.landmarks.append((tag, has.get("role"), has.get("aria-labelledby") or has.get("aria-label")))
        if tag not in SELF_CLOSED:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in SELF_CLOSED:
            self.open.pop()

    def handle_endtag(self, tag):
        if tag in SELF_CLOSED:
            return
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> closes another element")


def faults(html):
    """Each fault once, in words."""
    checker = _Checker()
    checker.feed(html)
    found = checker.faults + [f"<{tag}> is not closed" for tag in checker.open]
    found += [f"id {one} stands twice" for one, times in checker.ids.items() if times > 1]
    found += [f"id {one} is not there" for one in checker.wanted - set(checker.ids)]
    # Of several of a kind each has a name of its own: otherwise a reader who hears them cannot tell them apart.
    same = Counter(one for one in checker.landmarks)
    found += [f"{times} <{tag}> are called {name}" for (tag, _role, name), times in same.items() if times > 1]
    return sorted(set(found))
