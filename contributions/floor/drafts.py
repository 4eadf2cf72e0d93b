"""The draft text of a floor: kept as it was pasted, and cut into pieces on which people write."""

from django.db import transaction

from contributions.floor.cutting import Cut, cut_and_pair
from contributions.models import Floor, Piece


def keep_draft(floor: Floor, english: str, khmer: str) -> Cut:
    """A piece keeps its inputs by its number. One that the new text has no more is kept where people wrote on it."""
    cut = cut_and_pair(english, khmer)
    with transaction.atomic():
        locked = Floor.objects.select_for_update().get(pk=floor.pk)
        locked.draft_en, locked.draft_km = english, khmer
        locked.save(update_fields=["draft_en", "draft_km"])
        known = {piece.number: piece for piece in locked.pieces.all()}
        for position, pair in enumerate(cut.pairs):
            piece = known.pop(pair.number, None) or Piece(floor=locked, number=pair.number)
            piece.position, piece.is_gone = position, False
            piece.heading_en, piece.heading_km = pair.heading.en, pair.heading.km  # type: ignore[attr-defined]
            piece.text_en, piece.text_km = pair.text.en, pair.text.km  # type: ignore[attr-defined]
            piece.save()
        left = [piece.pk for piece in known.values()]
        gone = Piece.objects.filter(pk__in=left)
        gone.filter(voices=None, statements=None).delete()
        gone.update(is_gone=True)
    return cut
