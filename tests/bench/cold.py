"""The site without the answers that it keeps: each page is drawn anew."""

from django.conf import settings

from conference.wsgi import application

settings.PUBLIC_PAGE_SECONDS = 0

__all__ = ["application"]  # gunicorn looks for it here
