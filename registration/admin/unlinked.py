"""What a row belongs to, in words. Django links it for everybody, also for who is not let in there."""

from django.contrib import admin

EMPTY = "-"  # as Django shows it


def unlinked(model, name):
    """A method for `readonly_fields`."""

    @admin.display(description=model._meta.get_field(name).verbose_name)
    def shown(_model_admin, row):
        return getattr(row, name) or EMPTY

    return shown
