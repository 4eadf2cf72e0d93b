"""A team books an hour of a mentor, and gives it back."""

from django.db.models import Q

from conference import clock
from hackathon.lock import team_lock
from hackathon.models import MentorHour, Team

MOST_AHEAD = 2  # hours that a team has booked and that are still to come: others want one too


class Gone(Exception):
    """Another team has booked this hour, or it has begun, or the mentor has taken it back."""


class TooMany(Exception):
    """The team has booked as many hours as it may."""


class AtThatTime(Exception):
    """The team is with another mentor then."""


def book(team: Team, hour_pk: int, question: str) -> None:
    with team_lock(team.pk) as locked:
        wanted = MentorHour.objects.free().filter(pk=hour_pk, mentor__hackathon=locked.hackathon_id).first()
        if wanted is None or locked.is_withdrawn:
            raise Gone
        booked = locked.hours.to_come()
        if booked.count() >= MOST_AHEAD:
            raise TooMany
        if booked.filter(starts_at__lt=wanted.ends_at, ends_at__gt=wanted.starts_at).exists():
            raise AtThatTime
        # The team holds its own lock only: of two teams the one whose statement comes first has the hour.
        if not MentorHour.objects.free().filter(pk=wanted.pk).update(team=locked, question=question):
            raise Gone


def give_back(team: Team, hour_pk: int) -> None:
    team.hours.to_come().filter(pk=hour_pk).update(team=None, question="")


def give_all_back(team: Team) -> None:
    """A team that takes part no more keeps no hour from the others."""
    team.hours.to_come().update(team=None, question="")


def hours_for(team: Team) -> list[MentorHour]:
    """What is still to come: this team's own hours, and those that are free. One query."""
    of_hackathon = MentorHour.objects.filter(mentor__hackathon=team.hackathon_id, ends_at__gt=clock.now())
    own_or_free = Q(team=team) | Q(team=None, starts_at__gt=clock.now())
    return list(of_hackathon.filter(own_or_free).select_related("mentor").order_by("starts_at", "mentor__position"))
