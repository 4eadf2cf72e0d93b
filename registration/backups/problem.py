class Problem(Exception):
    """Why no backup is made, or none restored, in words for the person who runs the site."""
