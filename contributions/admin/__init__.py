"""Every module of this folder registers the tables of one capability with the admin: import it here."""

from contributions.admin import calls, feedback, floors, materials, proposals, resources, statements, talks_off, voices

__all__ = [
    "calls",
    "feedback",
    "floors",
    "materials",
    "proposals",
    "resources",
    "statements",
    "talks_off",
    "voices",
]
