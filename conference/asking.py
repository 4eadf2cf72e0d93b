"""Several questions to the database in one query, and questions that each page, or several parts of a page, ask."""

from collections.abc import Callable
from copy import copy
from types import SimpleNamespace
from typing import Any, Generic, TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db import connection, connections
from django.db.models import Expression, Field, IntegerField, Model, QuerySet, Subquery
from django.db.models.query import ModelIterable

Questions = dict[str, Subquery]
Row = TypeVar("Row", bound=Model)
Found = TypeVar("Found")


class HowMany(Subquery):
    """How many rows a query set has, also one of distinct values."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()

    def __init__(self, rows: "QuerySet[Any, Any]") -> None:
        super().__init__(rows.order_by() if rows.query.distinct else rows.order_by().values("pk"))


def first(rows: "QuerySet[Any, Any]", column: str) -> Subquery:
    """The column of the first row, or None."""
    return Subquery(rows.values(column)[:1])


def asked_at_once(questions: Questions) -> dict[str, Any]:
    """Question -> answer. They are read beside a row that every database has."""
    if not questions:
        return {}
    return dict(ContentType.objects.order_by("pk").values(**questions)[:1].get())


class Given(Expression):
    """Stands in a query for a value that is given each time it is asked."""

    def __init__(self, name: str, output_field: "Field[Any, Any] | None" = None) -> None:
        super().__init__(output_field=output_field or IntegerField())
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (self,)

    def of(self, values: dict[str, Any]) -> Any:
        return self.output_field.get_db_prep_value(values[self.name], connection)


class Prepared(Generic[Row]):
    """A question that each page asks. Its SQL is made once in a process: to make it takes Django longer than the
    database needs to answer.

    `rows` makes the query set, with a `Given` for each value; what stands in it by itself, such as a moment, stays as
    it was when it was first asked. Django's own iterator makes rows of the answer. Its compiler is no public part of
    Django: tests/conference/test_asking.py compares the rows with Django's.
    """

    def __init__(self, rows: Callable[[], "QuerySet[Row, Row]"]) -> None:
        self._rows = rows
        self._made: dict[str, tuple[Any, str, tuple[Any, ...]]] = {}  # by the kind of database

    def ask(self, **values: object) -> list[Row]:
        if connection.vendor not in self._made:
            compiler = self._rows().query.get_compiler(connection=connection)
            self._made[connection.vendor] = (compiler, *compiler.as_sql())
        compiler, sql, params = self._made[connection.vendor]
        given = tuple(param.of(values) if isinstance(param, Given) else param for param in params)
        now = copy(compiler)
        now.connection, now.as_sql = connections[connection.alias], lambda: (sql, given)
        query = SimpleNamespace(get_compiler=lambda **_using: now)
        asked: Any = SimpleNamespace(query=query, db=connection.alias, _known_related_objects={})
        return list(ModelIterable(asked))

    def first(self, **values: object) -> Row | None:
        return next(iter(self.ask(**values)), None)


def asked_once(row: Model, name: str, ask: Callable[[], Found]) -> Found:
    """What the menu and the page both ask of their edition: its row is read anew for each page."""
    known = vars(row)
    if name not in known:
        known[name] = ask()
    found: Found = known[name]
    return found
