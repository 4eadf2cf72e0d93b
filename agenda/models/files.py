"""Rows whose files go with them: what is deleted, replaced or taken away answers 404 as soon as that is certain.

A row that goes with the one it belongs to is not asked: its files go in the daily tending.
"""

from typing import Any, TypeVar

from django.db import models

from conference.files.images import delete_pictures

Row = TypeVar("Row", bound="WithFiles", covariant=True)


class WithFilesQuerySet(models.QuerySet[Row]):
    def delete(self) -> tuple[int, dict[str, int]]:
        """With their files. The list in the admin deletes in this way, and so do commands."""
        files = [name for row in self.order_by() for name in row.files]
        done = super().delete()
        delete_pictures(files)
        return done

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]


class WithFiles(models.Model):
    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        before = type(self)._default_manager.filter(pk=self.pk).first()
        super().save(*args, **kwargs)
        if before is not None:
            delete_pictures(set(before.files) - set(self.files))

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        done = super().delete(*args, **kwargs)
        delete_pictures(self.files)
        return done

    @property
    def files(self) -> list[str]:
        """The names of all files of this row. One that is not there has no name. Each model says its own."""
        raise NotImplementedError
