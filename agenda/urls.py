from django.urls import path

from agenda import views

app_name = "agenda"
urlpatterns = [
    path("agenda/", views.agenda, name="agenda"),
    path("changes/", views.changes, name="changes"),
    path("changes.atom", views.changes_feed, name="changes_feed"),
    path("versions/<int:number>/", views.version, {"draft": True}, name="version"),
    path("agenda/<slug:code>/", views.session, name="session"),
    path("speakers/", views.speakers, name="speakers"),
]
