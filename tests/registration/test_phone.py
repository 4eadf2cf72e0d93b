import pytest
from django.core.exceptions import ValidationError

from registration.phone import international, parse_phone


@pytest.mark.parametrize(
    "typed",
    [
        "012 32 30 45",
        "+855 12 32 30 45",
        "+855(0)12 32 30 45",
        "00855 12 32 30 45",
        "០១២ ៣២ ៣០ ៤៥",
        "\u200b012323045\u200b",
        "012-32-30-45",
        "12323045",
    ],
)
def test_phone_is_stored_in_one_form(typed):
    assert parse_phone(typed) == "+85512323045"


@pytest.mark.parametrize("typed", ["023 728 248", "097 712 3456", "088 888 8888", "+66 2 123 4567"])
def test_phone_of_every_kind_is_taken(typed):
    assert parse_phone(typed).startswith("+")


@pytest.mark.parametrize(
    "typed",
    [
        "117",
        "323045",
        "0323045",
        "012 323 04",
        "0012323045",
        "012 323 045 / 098 765 432",
        "my phone",
        "012 nonsense",
        "+",
        "00",
        "0123456789012345678",
        "@sok",
    ],
)
def test_what_is_no_phone_gets_an_example(typed):
    with pytest.raises(ValidationError, match="012 323 045"):
        parse_phone(typed)


def test_no_phone_is_no_error():
    assert parse_phone(" \u200b ") == ""


def test_international_form_keeps_its_spaces_for_spreadsheets():
    assert international("+85512323045") == "+855 12 323 045"
    assert international("") == ""
