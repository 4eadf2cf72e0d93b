"""The hackathon: its call, teams, mentors and projects, and who judges them."""

from hackathon.models.call import DataSet, Hackathon, PitchDraw, Theme
from hackathon.models.judging import Award, Conflict, Criterion, Judge, Result, Score, TieBreak
from hackathon.models.mentors import Mentor, MentorHour
from hackathon.models.submissions import Submission
from hackathon.models.teams import Member, Team

__all__ = [
    "Award",
    "Conflict",
    "Criterion",
    "DataSet",
    "Hackathon",
    "Judge",
    "Member",
    "Mentor",
    "MentorHour",
    "PitchDraw",
    "Result",
    "Score",
    "Submission",
    "Team",
    "Theme",
    "TieBreak",
]
