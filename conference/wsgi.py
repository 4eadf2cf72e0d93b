import os

from django.core.wsgi import get_wsgi_application

from conference.keeping.caching import in_front

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conference.settings")

application = in_front(get_wsgi_application())
