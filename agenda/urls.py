from django.urls import path

from agenda import now_page, views, views_files
from agenda.feeds.files import FILES

app_name = "agenda"
urlpatterns = [
    path("agenda/", views.agenda, name="agenda"),
    path("agenda/changes/", views.changes, name="changes"),
    path("agenda/now/", now_page.now, name="now"),
    path("agenda/changes.atom", views.changes_feed, name="changes_feed"),
    path("versions/<int:number>/", views.version, {"draft": True}, name="version"),
    path("agenda/<slug:code>/", views.session, name="session"),
    path("speakers/", views.speakers, name="speakers"),
    path("files/", views_files.files, name="files"),
    path("files/paper/", views_files.paper, name="paper"),
    path("agenda-day-<int:number>.ics", views_files.day_calendar, name="day_calendar"),
    path("agenda/<slug:code>.ics", views_files.session_calendar, name="session_calendar"),
    *(path(name, views_files.file, {"name": name}, name=name) for name in FILES),
]
