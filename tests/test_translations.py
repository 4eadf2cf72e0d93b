"""No interface word without its Khmer, at any commit."""

import io
import re
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po
from django.utils import translation
from django.utils.translation.template import templatize

from conference.language.khmer import INVISIBLE, KHMER_LETTER, order

ROOT = Path(__file__).parent.parent
PACKAGES = ("conference", "agenda", "registration", "contributions", "hackathon")
INDENTED = re.compile(r"^ +", re.MULTILINE)  # in a template that is no sign of a Python block
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%[sd]")
KEYWORDS = {
    "gettext": None,
    "gettext_lazy": None,
    "_": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
# Names stay as they are in both languages.
SAME_IN_BOTH = {"Telegram"}


def catalogue(folder):
    with (ROOT / folder / "km" / "LC_MESSAGES" / "django.po").open(encoding="utf-8") as file:
        return [message for message in read_po(file) if message.id]


def words_in_use():
    """Every message of our templates and Python files, as gettext would look it up."""
    sources = [path.read_text(encoding="utf-8") for package in PACKAGES
               for path in (ROOT / package).rglob("*.py")]  # fmt: skip
    sources += [
        INDENTED.sub("", templatize(path.read_text(encoding="utf-8")))
        for path in (ROOT / "templates").rglob("*.*")
        if path.suffix in (".html", ".txt")
    ]
    for source in sources:
        for _line, function, messages, _comments in extract_python(
            io.BytesIO(source.encode()), KEYWORDS, [], {"encoding": "utf-8"}
        ):
            parts = [messages] if isinstance(messages, str) else list(messages)
            context = parts.pop(0) if function.startswith(("pgettext", "npgettext")) else None
            if parts and parts[0]:
                yield context, parts[0]


def singular(message):
    return message.id if isinstance(message.id, str) else message.id[0]


def khmer(message):
    return message.string if isinstance(message.string, str) else message.string[0]


ENTRY = re.compile(r'(?:^msgctxt (".*")\n)?^msgid ((?:".*"\n)+)', re.MULTILINE)


@pytest.mark.parametrize("folder", ["locale", "locale_django"])
def test_each_word_stands_once(folder):
    """Of two entries a program takes the first and another the last."""
    text = (ROOT / folder / "km" / "LC_MESSAGES" / "django.po").read_text(encoding="utf-8")
    entries = ENTRY.findall(text)

    assert [entry for entry, count in Counter(entries).items() if count > 1] == []


def test_every_word_in_use_is_in_the_khmer_catalogue():
    known = {(message.context, singular(message)) for message in catalogue("locale")}

    assert sorted(set(words_in_use()) - known, key=str) == []


def test_extraction_sees_words_of_python_and_of_templates():
    words = set(words_in_use())

    assert {(None, "to be confirmed"), (None, "Skip to the content"), ("age", "18 to 30")} <= words


@pytest.mark.parametrize("folder", ["locale", "locale_django"])
def test_catalogue_has_khmer_for_every_message(folder):
    missing = [
        message.id
        for message in catalogue(folder)
        if message.fuzzy or not khmer(message) or singular(message) in SAME_IN_BOTH
    ]

    assert [message for message in missing if message not in SAME_IN_BOTH] == []


@pytest.mark.parametrize("folder", ["locale", "locale_django"])
def test_catalogue_keeps_every_placeholder(folder):
    differing = []
    for message in catalogue(folder):
        wanted = set(PLACEHOLDER.findall(message.id if isinstance(message.id, str) else message.id[1]))
        if set(PLACEHOLDER.findall(khmer(message))) != wanted:
            differing.append(message.id)

    assert differing == []


@pytest.mark.parametrize("folder", ["locale", "locale_django"])
def test_catalogue_is_typed_cleanly(folder):
    strings = [khmer(message) for message in catalogue(folder)]

    assert [text for text in strings if INVISIBLE.search(text) or order(text) != text] == []


def test_our_catalogue_is_written_in_khmer():
    latin = [singular(message) for message in catalogue("locale") if not KHMER_LETTER.search(khmer(message))]

    assert [word for word in latin if re.search("[a-z]{3}", word) and word not in SAME_IN_BOTH] == []


LETTER = "[\u1780-\u17d3\u17d7\u17dc\u17dd]"  # not a digit: "8:30" is a time in Khmer too
LATIN_SIGNS = {
    "colon": rf"{LETTER}[»”)]?\s?:",
    "comma": rf"{LETTER}[»”)]?\s?,|,\s?[«“(]?{LETTER}",
    "digit": rf"{LETTER}[»”)]?\s?[0-9]|[0-9]\s?[«“(]?{LETTER}",
}
# Numbers that are typed as they stand here, or are a part of a name.
LATIN_DIGITS = {"2031-03-26", "8:30", "17:45", "+85512323045", "012 323 045", "120,000", "A4", "MP3", "M4A"}


@pytest.mark.parametrize("sign", LATIN_SIGNS)
def test_khmer_is_written_with_khmer_signs(sign):
    strings = ["".join(re.split("|".join(map(re.escape, LATIN_DIGITS)), khmer(one))) for one in catalogue("locale")]

    assert [text for text in strings if re.search(LATIN_SIGNS[sign], text)] == []


def test_reading_of_signs_sees_the_wrong_ones():
    wrong = {"colon": "ថ្ងៃទី១ ថ្ងៃ: ល្អ", "comma": "ភ្នំពេញ, កម្ពុជា", "digit": "ថ្ងៃទី 7"}

    assert all(re.search(pattern, wrong[sign]) for sign, pattern in LATIN_SIGNS.items())
    assert not any(re.search(pattern, "ម៉ោង ៨:៣០ ថ្ងៃទី១៖ ល្អ") for pattern in LATIN_SIGNS.values())


@pytest.mark.parametrize("path", list((ROOT / "templates").rglob("*.html")), ids=lambda path: path.stem)
def test_template_leaves_the_colon_and_the_comma_to_the_language(path):
    """Between two texts, outside of a translated sentence: {% translate ":" %} and {% comma %} say it in both."""
    sentence = r"{% blocktranslate.*?{% endblocktranslate %}"
    text = re.sub(sentence, "", path.read_text(encoding="utf-8"), flags=re.DOTALL)

    assert re.findall(r".*(?:}}|%})[:,]\s.*", text) == []


@pytest.mark.parametrize("path", list((ROOT / "templates").rglob("*.html")), ids=lambda path: path.stem)
def test_template_trims_every_translated_block(path):
    for tag in re.findall(r"{% blocktranslate[^%]*%}", path.read_text(encoding="utf-8")):
        assert " trimmed" in tag


def test_khmer_loads_from_both_catalogues():
    with translation.override("km"):
        ours, djangos = translation.gettext("Agenda"), translation.gettext("This field is required.")

    assert (ours, djangos) == ("របៀបវារៈ", "ត្រូវបំពេញព័ត៌មាននេះ។")
