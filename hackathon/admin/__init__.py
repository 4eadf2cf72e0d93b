"""Every module of this folder registers the tables of one capability with the admin: import it here."""
