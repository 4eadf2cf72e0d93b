import json
from copy import deepcopy
from pathlib import Path

import pytest
from hypothesis import given, settings

from agenda.choices import Role
from agenda.programme import value
from agenda.programme.stored import UnknownFormat, from_json, to_json
from tests.agenda.strategies import programmes

# A version of 2024 as the site kept it before the format was written down. It is never written anew.
FROZEN = json.loads((Path(__file__).parents[2] / "data" / "programme_format_1.json").read_text(encoding="utf-8"))
ALWAYS_THERE = {"year", "number", "date", "uuid", "code"}


def _has_all_of(data, older):
    """The same, but for keys that came later."""
    if isinstance(older, dict):
        return all(key in data and _has_all_of(data[key], value) for key, value in older.items())
    if isinstance(older, list):
        return len(data) == len(older) and all(map(_has_all_of, data, older))
    return data == older


def objects(data):
    """Every object of a JSON value, the outer one first."""
    if isinstance(data, dict):
        yield data
        data = list(data.values())
    if isinstance(data, list):
        for one in data:
            yield from objects(one)


@settings(deadline=None, derandomize=True)
@given(programmes())
def test_any_programme_is_the_same_after_json(value):
    assert from_json(json.loads(json.dumps(to_json(value)))) == value


def test_programme_of_2024_is_the_same_after_json(edition):
    loaded = value.from_tables(edition)

    assert from_json(json.loads(json.dumps(to_json(loaded)))) == loaded


# --- versions of other times ---


def test_format_is_written_down():
    assert to_json(from_json(FROZEN))["format"] == 1


def test_version_from_before_the_format_was_written_opens():
    programme = from_json(FROZEN)

    assert [(day.number, str(day.date), len(day.sessions)) for day in programme.days] == [
        (1, "2024-03-26", 17),
        (2, "2024-03-27", 13),
    ]
    assert _has_all_of(to_json(programme), {"format": 1} | FROZEN)


@pytest.mark.parametrize("key", sorted({key for one in objects(FROZEN) for key in one} - ALWAYS_THERE))
def test_version_opens_with_a_key_less(key):
    data = deepcopy(FROZEN)
    for one in objects(data):
        one.pop(key, None)

    assert from_json(data).year == 2024


def test_missing_key_takes_the_default_of_its_field():
    data = deepcopy(FROZEN)
    for one in objects(data):
        one.pop("open_call", None)
        one.pop("description", None)
    sessions = [place.session for place in from_json(data).places.values()]

    assert {(one.open_call, str(one.description)) for one in sessions} == {(False, "")}


def test_unknown_keys_are_dropped_wherever_they_stand():
    data = deepcopy(FROZEN)
    for one in list(objects(data)):
        one["of_a_later_day"] = {"en": "x"}

    assert from_json(data) == from_json(FROZEN)


def test_role_of_a_later_day_is_kept_and_not_named():
    data = deepcopy(FROZEN)
    for one in objects(data):
        if one.get("role") == Role.FACILITATOR:
            one["role"] = "of_a_later_day"
    sessions = [place.session for place in from_json(data).places.values()]
    (billing,) = [one for session in sessions for one in session.billing if one.role == "of_a_later_day"]

    assert (billing.role_label, billing.appearances[0].role_label) == ("", "")


def test_format_that_this_site_does_not_know_is_refused():
    with pytest.raises(UnknownFormat):
        from_json(FROZEN | {"format": 2})
