"""Rows that staff write under another row."""


def save_with_author(formset, model, column, user):
    """Saves what was typed and deletes what was ticked. A row of `model` keeps in `column` who wrote it first."""
    for row in formset.save(commit=False):
        if isinstance(row, model):
            setattr(row, column, getattr(row, column) or user)
        row.save()
    for row in formset.deleted_objects:
        row.delete()
