"""The staff's pages of the hackathon."""

from hackathon.admin import hackathons, mentors, teams

__all__ = ["hackathons", "mentors", "teams"]
