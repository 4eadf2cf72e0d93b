"""Who may import whom: conference nothing of ours, agenda conference, registration both; and no circles.

Apps on top import these three, and none of them an app on top (conference.rooms_above).

Inside an app the rooms (folders and modules) stand in the order that docs/developing.md writes down.
"""

import ast
import re
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

MAY_IMPORT = {
    "conference": set(),
    "agenda": {"conference"},
    "registration": {"conference", "agenda"},
    "contributions": {"conference", "agenda", "registration"},
    "hackathon": {"conference", "agenda", "registration", "contributions"},
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


def rooms_in_order():
    """For each app its rooms, and the line of docs/developing.md on which each stands."""
    text = (ROOT / "docs" / "developing.md").read_text(encoding="utf-8")
    for app, lines in re.findall(r"^\*\*(\w+)\*\*.*\n\n((?:\d+\. .*\n)+)", text, re.MULTILINE):
        rooms = [re.findall(r"`(\w+)`", line.partition(" – ")[0]) for line in lines.splitlines()]
        yield app, {room: number for number, names in enumerate(rooms) for room in names}


LINE_OF = dict(rooms_in_order())
GATHER = {"apps", "settings", "wsgi", "formats"}  # of Django's own start


def beside_each_other():
    """Imports as arrows between what lies side by side in one folder: (folder, importing, imported)."""
    for path in FILES:
        if path.name == "__init__.py":
            continue  # it gathers what is in the folder
        importing = module_name(path).split(".")
        for imported in (name.split(".") for name in imported_by(path) if name in MODULES):
            depth = next(
                (i for i, pair in enumerate(zip(importing, imported, strict=False)) if len(set(pair)) > 1), None
            )
            if depth is not None:
                yield ".".join(importing[:depth]), importing[depth], imported[depth]


def test_every_room_has_its_line_in_the_order():
    there_are = {
        app: {
            name.split(".")[1] for name in MODULES if name.startswith(f"{app}.") and name.split(".")[1] not in GATHER
        }
        for app in MAY_IMPORT
    }

    assert {app: set(rooms) for app, rooms in LINE_OF.items()} == there_are


@pytest.mark.parametrize("app", MAY_IMPORT)
def test_no_room_imports_one_that_stands_below_it(app):
    lines = LINE_OF[app]

    upwards = {
        f"{importing} imports {imported}"
        for folder, importing, imported in beside_each_other()
        if folder == app and not GATHER & {importing, imported} and lines[imported] > lines[importing]
    }

    assert upwards == set()


def test_nothing_in_one_folder_imports_each_other_in_a_circle():
    folders = {}
    for folder, importing, imported in beside_each_other():
        folders.setdefault(folder, {}).setdefault(importing, set()).add(imported)

    for arrows in folders.values():
        TopologicalSorter(arrows).prepare()  # raises CycleError


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
