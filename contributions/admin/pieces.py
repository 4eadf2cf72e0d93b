"""The piece of a draft text, as staff choose it for an input and for a statement."""

from django.db.models import Q

from conference.staff.list_admin import without_buttons
from contributions.models import Piece


def with_pieces(db_field, field):
    """A piece is chosen with the name of its draft text beside it; the buttons that lead away are left out."""
    if db_field.name == "piece":
        field = without_buttons(field)
        field.queryset = field.queryset.filter(is_gone=False).select_related("floor__session")
        field.label_from_instance = lambda piece: f"{piece} – {piece.floor}"
    return without_buttons(field) if db_field.name == "floor" else field


def with_own_piece(form, row):
    """A piece that the draft text has no more stays with what stands on it: “Save” would take it off else."""
    if row and "piece" in form.base_fields:
        there = Piece.objects.filter(Q(is_gone=False) | Q(pk=row.piece_id))
        form.base_fields["piece"].queryset = there.select_related("floor__session")
    return form
