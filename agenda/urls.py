from django.urls import path

from agenda import now_page, views

app_name = "agenda"
urlpatterns = [
    path("agenda/", views.agenda, name="agenda"),
    path("agenda/<slug:code>/", views.session, name="session"),
    path("speakers/", views.speakers, name="speakers"),
    path("now/", now_page.now, name="now"),
]
