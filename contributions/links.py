"""Links that open something of one person, without an account: nothing of them is stored.

A link is the code of a row and a part that only this site can make. `link_version` of the row makes it useless.
"""

from typing import Any, TypeVar

from django.conf import settings
from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.translation import override

from conference.serving.link_codes import code_of, is_code_of

Row = TypeVar("Row", bound=Model)


def token_for(kind: str, row: Any) -> str:
    """`row` has a code and a link_version. Links of one kind open nothing of another."""
    return f"{row.code}-{code_of(_salt(kind), _value(row))}"


def opened_by(kind: str, rows: "QuerySet[Row]", token: str) -> Row | None:
    """None for a link that is unknown, wrong or revoked: the same answer, and the same work."""
    code, _dash, given = token.partition("-")
    known: Any = rows.filter(code=code).first()
    value = _value(known) if known is not None else "0::0"
    return known if is_code_of(_salt(kind), value, given) else None


def address(name: str, kind: str, row: Any, language: str) -> str:
    """With host, in a language: for letters and pictures."""
    with override(language):
        return f"{settings.SITE_URL}{reverse(f'contributions:{name}', args=[token_for(kind, row)])}"


def _value(row: Any) -> str:
    return f"{row.pk}:{row.code}:{row.link_version}"


def _salt(kind: str) -> str:
    return f"contributions.links.{kind}"
