"""Every module of this folder registers the tables of one capability with the admin: import it here."""

from contributions.admin import calls, feedback, materials, proposals, resources

__all__ = ["calls", "feedback", "materials", "proposals", "resources"]
