from django.urls import path

from contributions.feedback import pages as feedback
from contributions.materials import pages as materials
from contributions.proposals.views import calls, own, review
from contributions.resources import pages as resources

app_name = "contributions"
urlpatterns = [
    path("<year:year>/feedback/", feedback.feedback, name="feedback"),
    path("<year:year>/feedback/<slug:code>/", feedback.feedback, name="session_feedback"),
    path("<year:year>/resources/", resources.resources, name="resources"),
    path("slides/<token>/", materials.materials, name="materials"),
    path("<year:year>/calls/", calls.calls, name="calls"),
    path("<year:year>/calls/<key:pk>/", calls.call, name="call"),
    path("<year:year>/calls/<key:pk>/propose/", calls.propose, name="propose"),
    path("proposal/<str:token>/", own.page, name="proposal"),
    path("proposal/<str:token>/change/", own.change, name="proposal_change"),
    path("proposal/<str:token>/file/", own.attach, name="proposal_file"),
    path("proposal/<str:token>/withdraw/", own.withdraw, name="proposal_withdraw"),
    path("speaking/<str:token>/", own.speaking, name="speaking"),
    path("review/<str:token>/", review.proposals, name="review"),
    path("review/<str:token>/<str:code>/", review.proposal, name="review_one"),
    path("review/<str:token>/<str:code>/file/", review.file, name="review_file"),
]
