"""The rows of all tables as lines of JSON: both databases write the same lines, and each reads those of the other.

The tables are those that the applied migrations have made, whatever the code wants by now: so a backup is made before
an upgrade migrates, and an old one is restored by newer code, which then migrates it. Encrypted values are copied as
they lie: no key is needed, and none is opened.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.graph import MigrationGraph
from django.db.migrations.loader import MigrationLoader
from django.db.models import Field, Model, TextField

from registration.backups.problem import Problem
from registration.encryption.columns import EncryptedTextField

AT_ONCE = 1000  # rows
# A stolen session opens the door for which it was made: staff sign in again. The migrations are noted by name.
LEFT_OUT = {"django_session", "django_migrations"}
MADE_BY_DJANGO = {"django_content_type", "auth_permission"}  # as soon as there are tables

Name = tuple[str, str]  # of a migration: app and name


@dataclass(frozen=True)
class Table:
    rows: int
    sha256: str  # of its lines


def applied_migrations() -> list[Name]:
    loader = MigrationLoader(connection)
    applied = set(loader.applied_migrations)
    if unknown := applied - set(loader.graph.nodes):
        raise Problem(f"The database is newer than this code, which does not know {_names(unknown)}.")
    return sorted(applied)


def write(folder: Path) -> dict[str, Table]:
    """One file for each table. Inside a transaction that sees one moment."""
    tables = {}
    for model in _models():
        digest, number = hashlib.sha256(), 0
        with (folder / f"{model._meta.db_table}.jsonl").open("wb") as file:
            for number, line in enumerate(_lines(model)):  # noqa: B007 -- the first line names the columns
                digest.update(line)
                file.write(line)
        tables[model._meta.db_table] = Table(number, digest.hexdigest())
    return tables


def is_empty() -> bool:
    """No table has a row yet but for those that Django fills by itself."""
    if not connection.introspection.table_names():
        return True
    return not any(model._base_manager.exists() for model in _models() if model._meta.db_table not in MADE_BY_DJANGO)


def make_tables(migrations: Iterable[Name]) -> None:
    """As they were made by these migrations. What later ones change is left to `migrate`."""
    wanted = set(migrations)
    executor = MigrationExecutor(connection)
    graph = executor.loader.graph
    if unknown := wanted - set(graph.nodes):
        raise Problem(f"It was made by newer code, which has {_names(unknown)}: take that code, or newer.")
    if more := set(executor.loader.applied_migrations) - wanted:
        raise Problem(
            f"The tables here are newer, for they have {_names(more)}: begin with a database without tables."
        )
    executor.migrate(_last_of_each_app(graph, wanted))


def read(folder: Path, tables: dict[str, Table]) -> None:
    """Fills the tables with what `write` wrote, and sees that it would write the same again. All, or nothing."""
    models = _models()
    if {model._meta.db_table for model in models} != set(tables):
        raise Problem("Its tables are not those of its migrations: it is damaged.")
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")  # rows may point to rows that come later
        for model in models:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608 -- our name
        for model in models:
            with (folder / f"{model._meta.db_table}.jsonl").open("rb") as file:
                _fill(model, file)
        connection.check_constraints()
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
        differ = [model._meta.db_table for model in models if _sum(model) != tables[model._meta.db_table]]
        if differ:
            raise Problem(f"These tables are not as they were, so nothing was kept: {', '.join(differ)}.")


def _models() -> list[type[Model]]:
    """For each table its model as the applied migrations left it, with plain text for what is encrypted."""
    state = MigrationLoader(connection).project_state(applied_migrations())
    for model in state.models.values():
        for name, field in model.fields.items():
            model.fields[name] = _as_it_lies(field)
    models = [
        model
        for model in state.apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.db_table not in LEFT_OUT
    ]
    return sorted(models, key=lambda model: model._meta.db_table)


def _as_it_lies(field: "Field[Any, Any]") -> "Field[Any, Any]":
    if isinstance(field, EncryptedTextField):
        return TextField(null=field.null, db_column=field.db_column)
    if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False):
        field = field.clone()
        field.auto_now = field.auto_now_add = False  # type: ignore[attr-defined] # of moments and days
    return field


def _lines(model: type[Model]) -> Iterator[bytes]:
    """The first names the columns."""
    fields = model._meta.local_concrete_fields
    yield _line([field.column for field in fields])
    for row in model._base_manager.order_by("pk").iterator(chunk_size=AT_ONCE):
        yield _line([_plain(field, row) for field in fields])


def _line(values: list[Any]) -> bytes:
    # PostgreSQL keeps no order of the keys within a value of JSON.
    return json.dumps(values, ensure_ascii=False, sort_keys=True).encode() + b"\n"


def _plain(field: "Field[Any, Any]", row: Model) -> Any:
    value = field.value_from_object(row)
    return value if value is None or isinstance(value, bool | int | str) else field.value_to_string(row)


def _fill(model: type[Model], lines: Iterable[bytes]) -> None:
    fields = model._meta.local_concrete_fields
    values = (json.loads(line) for line in lines)
    if next(values) != [field.column for field in fields]:
        raise Problem(f"The columns of {model._meta.db_table} are not those of its migrations: it is damaged.")
    rows = (
        model(**{field.attname: field.to_python(value) for field, value in zip(fields, row, strict=True)})
        for row in values
    )
    while some := list(islice(rows, AT_ONCE)):
        model._base_manager.bulk_create(some)


def _sum(model: type[Model]) -> Table:
    digest, number = hashlib.sha256(), 0
    for number, line in enumerate(_lines(model)):  # noqa: B007 -- the first line names the columns
        digest.update(line)
    return Table(number, digest.hexdigest())


def _last_of_each_app(graph: MigrationGraph, wanted: set[Name]) -> list[Name]:
    return [
        name
        for name in sorted(wanted)
        if not any(child.key in wanted and child.key[0] == name[0] for child in graph.node_map[name].children)
    ]


def _names(migrations: Iterable[Name]) -> str:
    return ", ".join(f"{app}.{name}" for app, name in sorted(migrations))
