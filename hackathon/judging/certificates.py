"""What a certificate of an award says, and of whom there is one."""

from collections.abc import Mapping

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from hackathon.judging.publishing import title_of
from hackathon.models import Award, Hackathon
from registration.models.registration import RegistrationQuerySet
from registration.paper.certificates import who_were_there

HEADING = gettext_lazy("Certificate of an award")


def people_of(hackathon: Hackathon) -> tuple[RegistrationQuerySet, Mapping[int, Mapping[str, str]]]:
    """Who is in a team with an award and was at the conference; and what each did, by registration and language.

    Teams come to an award only when the result is published.
    """
    deeds: dict[int, Mapping[str, str]] = {}
    for award in hackathon.prizes.prefetch_related("teams__members"):
        for team in award.teams.all():
            deed = _deed(award, team.name)
            deeds |= {member.registration_id: deed for member in team.members.all()}
    people = who_were_there(hackathon.edition).filter(pk__in=deeds)
    return people.order_by("hackathon_member__team__number", "name_latin", "pk"), deeds


def _deed(award: Award, team: str) -> dict[str, str]:
    said = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            title = title_of(award).shown(language)[0]
            said[language] = _("received “%(award)s” with the team “%(team)s” at the hackathon of") % {
                "award": title,
                "team": team,
            }
    return said
