from django.urls import path

from hackathon.pages import call, hall, judge, mentor, mine, team

app_name = "hackathon"
urlpatterns = [
    path("<year:year>/hackathon/", call.call, name="call"),
    path("<year:year>/draft/hackathon/", call.call, {"draft": True}, name="draft_call"),
    path("<year:year>/hackathon/projects/<key:number>/", call.project, name="project"),
    path("<year:year>/hackathon/order/", call.order, name="order"),
    path("<year:year>/hackathon/hall/", hall.hall, name="hall"),
    path("hackathon/mine/", mine.mine, name="mine"),
    path("hackathon/mine/leave/", mine.leave, name="leave"),
    path("hackathon/team/<str:token>/", team.page, name="team"),
    path("hackathon/team/<str:token>/project/", team.project, name="team_project"),
    path("hackathon/team/<str:token>/mentors/", team.mentors, name="team_mentors"),
    path("hackathon/team/<str:token>/page/", team.shown, name="team_shown"),
    path("hackathon/team/<str:token>/new-link/", team.new_link, name="team_new_link"),
    path("hackathon/team/<str:token>/later/", team.later, name="team_later"),
    path("hackathon/mentor/<str:token>/", mentor.mentor, name="mentor"),
    path("hackathon/judge/<str:token>/", judge.judging, name="judge"),
    path("hackathon/judge/<str:token>/conflict/<key:number>/", judge.conflict, name="judge_conflict"),
]
