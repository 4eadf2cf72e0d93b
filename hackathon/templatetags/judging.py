"""What a team reads on its page once the result is published."""

from typing import Any

from django.template import Library

from hackathon.judging.publishing import announced, awards_of, feedback_for
from hackathon.models import Hackathon, Team

register = Library()


@register.inclusion_tag("hackathon/judging/of_team.html")
def judging_of(team: Team) -> dict[str, Any]:
    """The awards of this team, and what the judges wrote to it."""
    return {"awards": awards_of(team), "feedback": feedback_for(team)}


@register.inclusion_tag("hackathon/judging/awards.html")
def awards_given(hackathon: Hackathon) -> dict[str, Any]:
    """For all: the awards and their teams. Nothing before staff publish the result."""
    return {"awarded": announced(hackathon)}


@register.inclusion_tag("hackathon/judging/in_hall.html")
def awards_in_hall(hackathon: Hackathon) -> dict[str, Any]:
    return {"awarded": announced(hackathon)}


@register.inclusion_tag("hackathon/judging/criteria.html")
def criteria_of(hackathon: Hackathon) -> dict[str, Any]:
    return {"criteria": hackathon.criteria.all()}
