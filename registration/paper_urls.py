"""What is printed for a day of the conference. In no language, as the admin is."""

from django.urls import path

from registration.admin.paper import day_pack

app_name = "paper"
urlpatterns = [
    path("admin/desk/pack/", day_pack.first_page, name="first"),
    path("admin/desk/pack/making/", day_pack.making_page, name="making"),
    path("admin/desk/pack/making/next/", day_pack.making_next, name="making_next"),
    path("admin/desk/pack/making/take/", day_pack.making_take, name="making_take"),
    path("admin/desk/<year:year>/<key:number>/pack/", day_pack.day_page, name="day_pack"),
    path("admin/desk/<year:year>/<key:number>/pack/<slug:part>.<slug:ending>", day_pack.part_file, name="part"),
]
