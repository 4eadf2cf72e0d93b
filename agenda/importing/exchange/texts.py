"""The texts of a file: cleaned as they are to be stored, compared as they were sent, and known words found again."""

import html
import re
from collections.abc import Iterable, Mapping
from html.parser import HTMLParser

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import override

from conference.files import cells
from conference.files.cells import harmless
from conference.language.khmer import KHMER_LETTER, LATIN_LETTER, order, visible
from conference.language.translated import Text

_TAG = re.compile(r"<(?:/?[a-zA-Z][a-zA-Z0-9]*\b[^<>]*|!--.*?--)>", re.DOTALL)
_BLOCKS = {"p", "div", "br", "ul", "ol", "li", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre"}
_BY_WORD: dict[tuple[str, ...], dict[str, str]] = {}
_SILENT = {"script", "style", "title", "head"}


def lines(text: object) -> str:
    """A text of several lines: line ends of one kind, nothing invisible, no spaces at the ends of lines."""
    clean = cells.text(text).replace("\v", "\n")
    if not clean.isascii():
        clean = "\n".join(map(order, visible(clean.replace("\xa0", " ")).split("\n")))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.strip() for line in clean.split("\n"))).strip()


def line(text: object) -> str:
    """A text of one line."""
    return " ".join(lines(text).split())


def without_guard(cell: str) -> str:
    """The apostrophe that a table has before what a spreadsheet would run as a formula is none of the text."""
    bare = cell.removeprefix("'")
    return bare if cell != bare and harmless(bare) != bare else cell


def same(one: str, other: str) -> bool:
    return one == other or lines(without_guard(one)) == lines(without_guard(other))


def language_of(text: str, otherwise: str = "en") -> str:
    """In which column a text goes that does not say its language."""
    if KHMER_LETTER.search(text):
        return "km"
    return "en" if LATIN_LETTER.search(text) else otherwise


def in_language(text: str) -> Text:
    return Text(km=text) if language_of(text) == "km" else Text(en=text)


def in_each_language(words: Mapping[str, str | Promise]) -> dict[str, str]:
    """What a word means, by the word in either language and by its own code: "en", "English", «អង់គ្លេស»."""
    codes = tuple(words)
    if codes not in _BY_WORD:  # it is asked for each session of a file
        found = {code.casefold(): code for code in words}
        for language, _name in settings.LANGUAGES:
            with override(language):
                found |= {line(label).casefold(): code for code, label in words.items()}
        _BY_WORD[codes] = found
    return _BY_WORD[codes]


def codes_in(text: str, words: Mapping[str, str]) -> tuple[list[str], str]:
    """(the codes of the words of a list, what else stands in it). In Khmer lists a space is between and in words."""
    left, found = line(text).casefold(), []
    for word in sorted(words, key=len, reverse=True):
        pattern = rf"(?<!\w){re.escape(word)}(?!\w)" if word.isascii() else re.escape(word)
        left, number = re.subn(pattern, " ", left)
        if number and words[word] not in found:
            found.append(words[word])
    return found, left.strip(" ,;/+&\n\t")


def one_of(text: str, words: Mapping[str, str]) -> str:
    return words.get(line(text).casefold(), "")


class _Words(HTMLParser):
    """The words of HTML: a line for each block, a dash before each point of a list."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: Iterable[tuple[str, str | None]]) -> None:
        self.silent += tag in _SILENT
        if tag in _BLOCKS:
            self.parts.append("\n\n" if tag == "p" else "\n")
        if tag == "li":
            self.parts.append("- ")

    def handle_endtag(self, tag: str) -> None:
        self.silent = max(0, self.silent - (tag in _SILENT))
        if tag in _BLOCKS and tag not in ("br", "li"):
            self.parts.append("\n\n" if tag == "p" else "\n")

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(re.sub(r"[ \t\r\f]*\n\s*", " ", data))


def plain(text: object) -> str:
    """HTML as plain text. A text without tags stays as it is: "a < b" is no HTML."""
    words = cells.text("" if text is None else text)
    if not _TAG.search(words):
        return lines(html.unescape(words) if re.search(r"&(?:\w+|#\d+);", words) else words)
    reader = _Words()
    reader.feed(words)
    reader.close()
    return lines("".join(reader.parts))
