"""The Khmer that no Khmer speaker has read yet, beside the English: row after row, to be marked as right."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from django.contrib.auth.models import User
from django.db.models import Model

from agenda.chase.items import Item
from agenda.chase.rows import Rows
from agenda.chase.texts import columns_of_texts, named, names_of_texts, with_khmer
from conference.language.translated import Bilingual, Text
from conference.staff.list_admin import may_change_row


@dataclass(frozen=True)
class ToRead:
    """One row with all its texts."""

    row: Bilingual

    @property
    def name(self) -> str:
        return named(self.row)

    @property
    def address(self) -> str:
        """Where staff correct it."""
        return Item(self.row, "").address

    @cached_property
    def texts(self) -> list[tuple[str, Text]]:
        """(what it is, the text) of each that is there in Khmer."""
        labels = {field.name: str(field.verbose_name) for field in self.row._meta.concrete_fields}
        pairs = [(labels[f"{name}_km"], getattr(self.row, name)) for name in names_of_texts(type(self.row))]
        return [(label, text) for label, text in pairs if text.km]

    @cached_property
    def key(self) -> str:
        """Names the row and what was read: a text that was changed meanwhile is another one."""
        said = sha256(repr([(text.en, text.km) for _label, text in self.texts]).encode()).hexdigest()[:16]
        return f"{self.row._meta.label_lower}-{self.row.pk}-{said}"


@dataclass(frozen=True)
class Progress:
    name: str  # of the kind of row
    read: int
    of: int


def to_read(rows: Rows) -> list[ToRead]:
    return [ToRead(row) for row in with_khmer(rows) if not row.khmer_checked]


def progress(rows: Rows) -> list[Progress]:
    of: Counter[type[Model]] = Counter()
    read: Counter[type[Model]] = Counter()
    for row in with_khmer(rows):
        of[type(row)] += 1
        read[type(row)] += row.khmer_checked
    return [Progress(str(model._meta.verbose_name_plural), read[model], number) for model, number in of.items()]


def mark_as_right(found: Iterable[ToRead], keys: Collection[str], by: User) -> list[Bilingual]:
    """The rows that were marked. One of which a text is changed at this moment stays unread."""
    marked = []
    for one in found:
        if one.key in keys and may_change_row(by, one.row):
            read = {column: getattr(one.row, column) for column in columns_of_texts(one.row)}
            rows = type(one.row)._default_manager.filter(pk=one.row.pk, **read)
            if rows.update(khmer_checked=True):
                marked.append(one.row)
    return marked
