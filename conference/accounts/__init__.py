"""Signing in: the password behind a limit of tries, then a code of an authenticator app, then the session of staff."""
