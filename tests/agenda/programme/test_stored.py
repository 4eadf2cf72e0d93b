import json

from hypothesis import given, settings

from agenda.programme import value
from agenda.programme.stored import from_json, to_json
from tests.agenda.strategies import programmes


@settings(deadline=None, derandomize=True)
@given(programmes())
def test_any_programme_is_the_same_after_json(value):
    assert from_json(json.loads(json.dumps(to_json(value)))) == value


def test_programme_of_2024_is_the_same_after_json(edition):
    loaded = value.load(edition)

    assert from_json(json.loads(json.dumps(to_json(loaded)))) == loaded
