"""How the marks of a judge came into the result, in words."""

from django.utils.translation import gettext as _

from conference.words import digits
from hackathon.judging.results import OfJudge

SMALL = 0.15  # points that are not worth a word
USUAL = 0.1  # of a weight


def of_judge(one: OfJudge) -> list[str]:
    """Sentences about mildness and weight. None where the judge has not given any team all marks."""
    if one.mildness is None:
        return []
    return [_mildness(one.mildness), _weight(one.weight)]


def _mildness(mildness: float) -> str:
    points = {"points": number(abs(mildness))}
    if mildness <= -SMALL:
        return (
            _("Gives %(points)s points less than the other judges give the same teams: this is added again.") % points
        )
    if mildness >= SMALL:
        return _("Gives %(points)s points more than the other judges give the same teams: this is taken off.") % points
    return _("Is as strict as the other judges.")


def _weight(weight: float) -> str:
    times = {"times": number(weight)}
    if weight <= 1 - USUAL:
        return _("Goes another way than the others more often: counts %(times)s times.") % times
    if weight >= 1 + USUAL:
        return _("Agrees with the others more often: counts %(times)s times.") % times
    return _("Counts as much as the others.")


def number(value: float) -> str:
    return digits(f"{value:.1f}")
