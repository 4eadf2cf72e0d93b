"""The cloth in words, for readers who do not see it: in the language that is active."""

from collections import Counter

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agenda.cloth.yarns import Yarn, stretches
from agenda.programme.value import Day, Programme
from conference.words import digits


def description(programme: Programme) -> str:
    days = _woven(programme)
    if not days:
        return _("A krama with red and indigo checks.")
    if len(days) == 1:
        return _("A krama woven from the agenda. Upright and level bands: %(days)s.") % {"days": _day(days[0])}
    upright, level = ("; ".join(map(_day, days[first::2])) for first in (0, 1))
    return _("A krama woven from the agenda. Upright bands: %(upright)s. Level bands: %(level)s.") % {
        "upright": upright,
        "level": level,
    }


def caption(programme: Programme) -> str:
    """How to read it, for readers who see it."""
    days = _woven(programme)
    if not days:
        return _("The krama of this conference is woven as soon as there is an agenda.")
    if len(days) == 2:
        how = _("Upright bands are the sessions of day 1, level bands those of day 2, each as wide as it is long.")
    else:
        how = _("Each band is a session, as wide as it is long.")
    return " ".join([_("This krama is woven from the agenda."), how, _("Red: talks. Indigo: everybody takes part.")])


def _woven(programme: Programme) -> list[Day]:
    return [day for day in programme.days if stretches(day)]


def _day(day: Day) -> str:
    yarns = Counter({strand.code: strand.yarn for one in stretches(day) for strand in one.strands}.values())
    talks, together = yarns[Yarn.RED], yarns[Yarn.INDIGO]
    red = ngettext("%(number)s talk in red", "%(number)s talks in red", talks) % {"number": digits(talks)}
    indigo = ngettext(
        "%(number)s session in which everybody takes part in indigo",
        "%(number)s sessions in which everybody takes part in indigo",
        together,
    ) % {"number": digits(together)}
    said = {"day": _("Day %(number)s") % {"number": digits(day.number)}, "red": red, "indigo": indigo}
    if bool(talks) == bool(together):
        return _("%(day)s with %(red)s and %(indigo)s") % said
    return _("%(day)s with %(sessions)s") % (said | {"sessions": red if talks else indigo})
