"""A copy of everything in one file, and back again; and the same rows in another database."""
