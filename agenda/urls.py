from django.urls import path

from agenda import views

app_name = "agenda"
urlpatterns = [
    path("agenda/", views.agenda, name="agenda"),
    path("agenda/<slug:code>/", views.session, name="session"),
    path("speakers/", views.speakers, name="speakers"),
]
