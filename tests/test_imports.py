"""Who may import whom: conference nothing of ours, agenda conference, registration both; and no circles."""

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

MAY_IMPORT = {
    "conference": set(),
    "agenda": {"conference"},
    "registration": {"conference", "agenda"},
}
ROOT = Path(__file__).parent.parent
FILES = [path for package in MAY_IMPORT for path in (ROOT / package).rglob("*.py") if "migrations" not in path.parts]


def module_name(path):
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {module_name(path) for path in FILES}


def imported_by(path):
    """Our own modules that a file imports: `from agenda import views` means agenda.views."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names] + [node.module]
            inner = [name for name in names[:-1] if name in MODULES]
            names = inner or [node.module]
        else:
            continue
        yield from (name for name in names if name.split(".")[0] in MAY_IMPORT)


@pytest.mark.parametrize("path", FILES, ids=module_name)
def test_file_imports_only_what_its_package_may(path):
    package = module_name(path).split(".")[0]

    foreign = {name.split(".")[0] for name in imported_by(path)} - {package}

    assert foreign <= MAY_IMPORT[package]


def test_files_import_each_other_without_circles():
    graph = {module_name(path): set(imported_by(path)) & MODULES for path in FILES}

    TopologicalSorter(graph).prepare()  # raises CycleError


def test_no_import_hides_inside_a_function():
    hidden = [
        module_name(path)
        for path in FILES
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(function, ast.FunctionDef)
        and any(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(function))
    ]

    assert hidden == []
