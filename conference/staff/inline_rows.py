"""Rows that stand inside the page of another row."""

from django.core.exceptions import ValidationError
from django.db.models import UniqueConstraint
from django.forms import BaseInlineFormSet, ModelForm


class OnceEach(BaseInlineFormSet):  # type: ignore[type-arg]  # generic in Django's stubs alone
    """Its own form compares each row with those in the database alone: of two new ones that are the same the database
    would refuse the second.
    """

    def clean(self) -> None:
        super().clean()
        rows = [
            form for form in self.forms if form.has_changed() and not form.errors and form not in self.deleted_forms
        ]
        for constraint in self.fk.model._meta.constraints:
            if isinstance(constraint, UniqueConstraint) and constraint.condition is None:
                names = [getattr(one, "name", "") for one in constraint.expressions]  # "" where it is no plain column
                if names and all(names) and _is_twice(rows, [name for name in names if name != self.fk.name]):
                    raise ValidationError(constraint.get_violation_error_message())


def _is_twice(rows: "list[ModelForm]", names: list[str]) -> bool:  # type: ignore[type-arg]
    """Where a column is empty, no row is the same to the database."""
    found = [tuple(getattr(form.instance, name) for name in names) for form in rows]
    whole = [values for values in found if None not in values]
    return len(set(whole)) < len(whole)
