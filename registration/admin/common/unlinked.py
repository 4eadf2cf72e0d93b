"""What a row belongs to, and when it was, in words. Django links what it belongs to, for staff without a right too."""

from django.contrib import admin

from conference.words import moment

EMPTY = "-"  # as Django shows it


def unlinked(model, name):
    """A method for `readonly_fields`."""

    @admin.display(description=model._meta.get_field(name).verbose_name)
    def shown(_model_admin, row):
        return getattr(row, name) or EMPTY

    return shown


def in_words(model, name):
    """When something was, for lists and `readonly_fields`: in Khmer, Django mixes its words with 0-9."""

    @admin.display(description=model._meta.get_field(name).verbose_name, ordering=name)
    def shown(_model_admin, row):
        value = getattr(row, name)
        return moment(value) if value else EMPTY

    return shown
