from django.urls import path

from agenda.feeds.files import FILES
from agenda.pages import downloads, mine, now, programme, search, share

app_name = "agenda"
urlpatterns = [
    path("agenda/", programme.agenda, name="agenda"),
    path("agenda/changes/", programme.changes, name="changes"),
    path("agenda/now/", now.now, name="now"),
    path("agenda/mine/", mine.page, name="mine"),
    path("agenda/mine.ics", mine.calendar, name="mine.ics"),
    path("agenda/changes.atom", programme.changes_feed, name="changes_feed"),
    path("versions/<key:number>/", programme.version, {"draft": True}, name="version"),
    path("agenda/<slug:code>/", programme.session, name="session"),
    path("speakers/", programme.speakers, name="speakers"),
    path("search/", search.search, name="search"),
    path("files/", downloads.files, name="files"),
    path("files/paper/", downloads.paper, name="paper"),
    path("share/<slug:version>.png", share.picture, name="share"),
    path("share/<slug:version>/<slug:code>.png", share.picture, name="share_session"),
    path("agenda-day-<key:number>.ics", downloads.day_calendar, name="day_calendar"),
    path("agenda/<slug:code>.ics", downloads.session_calendar, name="session_calendar"),
    *(path(name, downloads.file, {"name": name}, name=name) for name in FILES),
]
