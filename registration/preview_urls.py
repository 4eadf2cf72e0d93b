"""Every page of an edition as it will be, before sign-up opens and while it is open: for staff, before it is public.

Included twice, each time with what it previews (`Edition.previews_phase`).
"""

from django.urls import path

from agenda.pages import programme
from conference import views
from registration.views import agreement, preview, statements

app_name = "preview"
urlpatterns = [
    path("", views.home, name="home"),
    path("agenda/", programme.agenda, name="agenda"),
    path("speakers/", programme.speakers, name="speakers"),
    path("participants/", views.participants, name="participants"),
    path("background/", views.background, name="background"),
    path("organizers/", views.organizers, name="organizers"),
    path("events/", views.other_events, name="other_events"),
    path("pages/<slug:slug>/", views.page, name="page"),
    path("register/", preview.sign_up, name="register"),
    path("register/others/", preview.others, name="others"),
    path("register/agreement/<str:version>/", agreement.wording, name="wording"),
    path("accessibility/", statements.accessibility, name="accessibility"),
    path("privacy/", statements.privacy, name="privacy"),
]
