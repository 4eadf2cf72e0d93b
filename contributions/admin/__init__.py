"""Every module of this folder registers the tables of one capability with the admin: import it here."""

from contributions.admin import feedback, materials, resources

__all__ = ["feedback", "materials", "resources"]
