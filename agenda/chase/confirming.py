"""Noting that a person who is asked to appear has said yes."""

from agenda.choices import AppearanceState, ConfirmedHow
from agenda.models import Appearance
from conference import clock


def confirm_by_telephone(appearance: Appearance, who: str) -> bool:
    """True if it was still to be confirmed. Of two colleagues who press at the same time, the first one is kept."""
    waiting = Appearance.objects.to_be_confirmed().filter(pk=appearance.pk)
    return bool(
        waiting.update(
            state=AppearanceState.CONFIRMED,
            confirmed_by=who,
            confirmed_on=clock.today(),
            confirmed_how=ConfirmedHow.TELEPHONE,
        )
    )
