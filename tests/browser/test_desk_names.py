"""What is typed at the desk is folded in the browser as the server folds names: both find the same people."""

import json
from pathlib import Path

import pytest

from conference.language.khmer import match_key, match_parts

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
PAIRS = json.loads((ROOT / "tests" / "data" / "khmer_pairs.json").read_text(encoding="utf-8"))
NAMES = [
    *(
        "SOK Dara",
        "sok  dara ",
        "H.E. SOK Dara",
        "h e sok",
        "Dr. Đức  NGUYỄN",
        "Mrs Ólafsdóttir",
        "Straße",
        "ŒUVRE",
        "Þór Ŋ",
    ),
    *("O'Brien-Smith", "Σίσυφος", "İpek", "1 012 323 045", "០១២", "PJQ-RHX7", " ", "", "\u200b", "Ms", "ﬁne"),
    *("លោកស្រី សុខ ដារ៉ា", "ឯកឧត្តម សុខ ដារ៉ា", "សុខ\u200bដារ៉ា", "សុខដារ៉ា", "ស្រី\u200b ", "អ៊ុំ", "ប៉ុន", "ឣ ឤ ឲ", "ក៏", "ស្រ្តី"),
]
TEXTS = sorted({text for pair in PAIRS for text in (pair["a"], pair["b"])} | set(NAMES))


@pytest.fixture(scope="module")
def names(browser):
    """An empty page with the script: it needs no site."""
    page = browser.new_page()
    page.add_script_tag(path=ROOT / "static" / "js" / "desk-names.js")
    yield page
    page.close()


def test_keys_are_those_of_the_server(names):
    keys = names.evaluate("texts => texts.map(deskNames.matchKey)", TEXTS)
    assert dict(zip(TEXTS, keys, strict=True)) == {text: match_key(text) for text in TEXTS}


def test_parts_are_those_of_the_server(names):
    parts = names.evaluate("texts => texts.map(deskNames.matchParts)", TEXTS)
    assert dict(zip(TEXTS, parts, strict=True)) == {text: match_parts(text) for text in TEXTS}


PEOPLE = [
    ("សុខ ដារ៉ា", "SOK Dara", "PJQ-RHX7", "3045"),
    ("ចាន់ បូផា", "CHAN Bopha", "ABC-DEF2", "1234"),
    ("", "Nguyễn Dat", "XYZ-0123", ""),
]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("dar", [0]),
        ("dara sok", [0]),
        ("Sok ដារ", [0]),
        ("ដារ៉ាសុខ", []),
        ("ដារា", [0]),
        ("ដារ៊ា សុខ", [0]),
        ("សុខដារា", [0]),
        ("ដារី", []),
        ("សុខដារ", [0]),
        ("គគគ", []),
        ("3045", [0]),
        ("៣០៤៥", [0]),
        ("012 323 045", [0]),
        ("012 323 999", []),
        ("pjq", [0]),
        ("PJQ-RHX7", [0]),
        ("pjq rhx7", [0]),
        ("nguyen", [2]),
        ("oph", [1]),
        ("da", [0, 2]),
        ("  ", []),
    ],
)
def test_people_are_found(names, typed, found):
    people = [
        {
            "km": km,
            "latin": latin,
            "number": number,
            "find": [*match_parts(km), *match_parts(latin), *([last] if last else [])],
        }
        for km, latin, number, last in PEOPLE
    ]
    numbers = names.evaluate(
        "([people, typed]) => deskNames.search(people.map(deskNames.prepared), typed).map(({number}) => number)",
        [people, typed],
    )
    assert numbers == [PEOPLE[one][2] for one in found]
