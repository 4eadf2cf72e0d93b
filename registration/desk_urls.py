"""The desk's addresses: in no language, for a badge or a bookmark speaks none."""

from django.urls import path

from registration.admin.desk import badge, devices, offline, page, sheet, walk_in

app_name = "desk"
urlpatterns = [
    path("b/<str:token>/", badge.page, name="badge"),
    path("admin/desk/", page.today, name="today"),
    path("admin/desk/worker.js", offline.worker, name="worker"),
    path("admin/desk/<year:year>/<key:number>/", offline.with_camera(page.page), name="day"),
    path("admin/desk/<year:year>/<key:number>/frame/", offline.with_camera(offline.frame), name="frame"),
    path("admin/desk/<year:year>/<key:number>/press/", page.press, name="press"),
    path("admin/desk/<year:year>/<key:number>/walk-in/", walk_in.page, name="walk_in"),
    path("admin/desk/<year:year>/<key:number>/walk-in/<key:pk>/", walk_in.done, name="walked_in"),
    path("admin/desk/<year:year>/<key:number>/sheet/", sheet.page, name="sheet"),
    path("admin/desk/<year:year>/<key:number>/people.json", devices.people, name="people"),
    path("admin/desk/<year:year>/<key:number>/arrivals.json", devices.send, name="arrivals"),
]
