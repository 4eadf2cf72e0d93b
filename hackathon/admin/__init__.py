"""The staff's pages of the hackathon."""

from hackathon.admin import hackathons, judging, mentors, teams

__all__ = ["hackathons", "judging", "mentors", "teams"]
