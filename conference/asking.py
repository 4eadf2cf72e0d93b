"""Several questions to the database in one query."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import IntegerField, QuerySet, Subquery

Questions = dict[str, Subquery]


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
