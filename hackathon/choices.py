"""The fixed words of the hackathon."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Spoken(TextChoices):
    """What a team can speak among themselves."""

    KHMER = "km", _("Khmer")
    ENGLISH = "en", _("English")


class Skill(TextChoices):
    """What a person brings. A team needs most of them, so staff mix by them."""

    SUBJECT = "subject", _("knowledge of the subject or the place")
    DATA = "data", _("data: finding, cleaning, counting")
    CODE = "code", _("programming")
    MAPS = "maps", _("maps")
    DESIGN = "design", _("design and drawing")
    TALKING = "talking", _("writing and presenting")
    ORGANISING = "organising", _("organising the work")


class Moment(TextChoices):
    """Where the hackathon stands by its clock."""

    BEFORE = "before", _("not open yet")
    TEAMS = "teams", _("teams are being made")
    WORK = "work", _("teams are complete")
    OVER = "over", pgettext_lazy("deadline", "the deadline is over")


class Mark(IntegerChoices):
    """What a judge gives a team for one criterion."""

    WEAK = 1, pgettext_lazy("mark", "weak")
    FAIR = 2, pgettext_lazy("mark", "fair")
    GOOD = 3, pgettext_lazy("mark", "good")
    VERY_GOOD = 4, pgettext_lazy("mark", "very good")
    EXCELLENT = 5, pgettext_lazy("mark", "excellent")


class Place(IntegerChoices):
    """There is an award for each."""

    FIRST = 1, _("First award")
    SECOND = 2, _("Second award")
    THIRD = 3, _("Third award")
