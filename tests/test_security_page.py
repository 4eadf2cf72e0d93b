"""docs/security.md names for each promise the test that holds it."""

import ast
import re

from tests.test_imports import ROOT

PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (\d+) \| [^|]+ \| (?:`([^`]+)`|not shown) \|$", PAGE, re.MULTILINE)

# Of what stands on top, without numbers.
MORE = re.findall(r"^\| [A-Z][^|]+ \| [^|]+ \| `([^`]+)` \|$", PAGE, re.MULTILINE)


def test_each_promise_has_its_row():
    assert [int(number) for number, _test in ROWS] == list(range(1, 76))


def test_each_test_that_is_named_exists():
    missing = []
    for path, name in (test.split("::") for test in [*(test for _number, test in ROWS if test), *MORE]):
        file = ROOT / path
        tree = ast.parse(file.read_text(encoding="utf-8")) if file.exists() else ast.Module([], [])
        if name not in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}:
            missing.append(f"{path}::{name}")

    assert missing == []
    assert len(MORE) > 20
