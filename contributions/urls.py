from django.urls import path

from contributions.feedback import pages as feedback
from contributions.floor import hall, notes
from contributions.floor import pages as floor
from contributions.materials import pages as materials
from contributions.outcomes import pages as outcomes
from contributions.outcomes.files import FILES
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
    path("proposal/<str:token>/needs/", own.needs, name="proposal_needs"),
    path("proposal/<str:token>/withdraw/", own.withdraw, name="proposal_withdraw"),
    path("speaking/<str:token>/", own.speaking, name="speaking"),
    path("review/<str:token>/", review.proposals, name="review"),
    path("review/<str:token>/<str:code>/", review.proposal, name="review_one"),
    path("review/<str:token>/<str:code>/file/", review.file, name="review_file"),
    path("<year:year>/voices/", floor.floors, name="floors"),
    path("<year:year>/voices/<slug:code>/", floor.floor, name="floor"),
    path("<year:year>/voices/<slug:code>/screen/", floor.screen, name="screen"),
    path("<year:year>/voices/<slug:code>/like/<slug:voice>/", floor.like, name="like"),
    path("<year:year>/outcomes/", outcomes.outcomes, name="outcomes"),
    path("<year:year>/outcomes/<key:number>/", outcomes.outcomes, name="outcomes_version"),
    *(
        path(f"<year:year>/outcomes.{ending}", outcomes.file, {"ending": ending}, name=f"outcomes.{ending}")
        for ending in FILES
    ),
    path("voice/<slug:token>/", outcomes.voice, name="voice"),
    path("facilitator/<slug:token>/", hall.facilitator, name="facilitator"),
    path("notes/worker.js", notes.worker, name="notes_worker"),
    path("notes/<slug:token>/", notes.note, name="note"),
]
