"""What a person reads on a page."""

import re
from html.parser import HTMLParser

from django.core.cache import cache

from conference.keeping.kept import answers

# A reference number or a private code as it is spelt for the ear: P J Q, R H X 7.
SPELT = re.compile(r"(?:[A-Z0-9] ){2,3}[A-Z0-9], (?:[A-Z0-9] ){3}[A-Z0-9]")
VOID = {"br", "hr", "img", "input", "link", "meta", "source", "wbr"}


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.text, self.links, self.hidden = [], [], 0

    def handle_starttag(self, tag, attributes):
        self.hidden += tag in ("script", "style")
        if tag == "a":
            self.links.append(dict(attributes).get("href"))

    def handle_endtag(self, tag):
        self.hidden -= tag in ("script", "style")

    def handle_data(self, data):
        if not self.hidden:
            self.text.append(data)


def forget_kept():
    """As after the seconds for which public pages are kept, or in another process, which has drawn nothing yet."""
    cache.clear()
    answers.clear()


def read(response):
    """The visible text, white space folded, without the sign that holds a Khmer word together."""
    reader = _Reader()
    reader.feed(response.content.decode())
    return re.sub(r"\s+", " ", "".join(reader.text)).replace("\u2060", "")


class _Listener(HTMLParser):
    """What is in the accessibility tree: the text of each element that is not hidden, by the attributes it has."""

    def __init__(self):
        super().__init__()
        self.open, self.heard = [], []

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag not in VOID:
            hidden = tag in ("script", "style", "title") or attributes.get("aria-hidden") == "true"
            self.open.append((tag, attributes, hidden or (bool(self.open) and self.open[-1][2]), []))

    def handle_endtag(self, tag):
        while self.open and tag not in VOID:
            closed, attributes, _hidden, text = self.open.pop()
            self.heard.append((closed, attributes, re.sub(r"\s+", " ", "".join(text)).strip()))
            if closed == tag:
                break

    def handle_data(self, data):
        if self.open and not self.open[-1][2]:
            for one in self.open:
                one[3].append(data)


def heard(response):
    """(element, attributes, what is said of it) in the order of their ends; what is hidden from ears is left out."""
    listener = _Listener()
    listener.feed(response.content.decode())
    return listener.heard


def heard_of(response, tag, **attributes):
    """What is said of each such element: heard_of(page, "a", class_="own-link")."""
    wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
    return [text for name, has, text in heard(response) if name == tag and wanted.items() <= has.items()]


def links(response):
    reader = _Reader()
    reader.feed(response.content.decode())
    return reader.links


TOLD = re.compile(r'<meta (?:property|name)="((?:og|twitter):[^"]+|robots)" content="([^"]*)"|<link (rel="alternate")')


def told(client, address):
    """What the head of a page says to search engines and to sites on which its address is shared."""
    return {name or other: words for name, words, other in TOLD.findall(client.get(address).content.decode())}
