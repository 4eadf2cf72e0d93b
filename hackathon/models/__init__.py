"""The hackathon: its call, teams, mentors and projects."""

from hackathon.models.call import DataSet, Hackathon, PitchDraw, Theme
from hackathon.models.mentors import Mentor, MentorHour
from hackathon.models.submissions import Submission
from hackathon.models.teams import Member, Team

__all__ = [
    "DataSet",
    "Hackathon",
    "Member",
    "Mentor",
    "MentorHour",
    "PitchDraw",
    "Submission",
    "Team",
    "Theme",
]
