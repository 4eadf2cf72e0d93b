from django.urls import path

from contributions.feedback import pages as feedback
from contributions.materials import pages as materials
from contributions.resources import pages as resources

app_name = "contributions"
urlpatterns = [
    path("<year:year>/feedback/", feedback.feedback, name="feedback"),
    path("<year:year>/feedback/<slug:code>/", feedback.feedback, name="session_feedback"),
    path("<year:year>/resources/", resources.resources, name="resources"),
    path("slides/<token>/", materials.materials, name="materials"),
]
