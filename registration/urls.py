from django.urls import path

from registration.views import find, own, sign_up

app_name = "registration"
urlpatterns = [
    path("<int:year>/register/", sign_up.register, name="register"),
    path("<int:year>/register/thanks/", sign_up.thanks, name="thanks"),
    path("<int:year>/register/guardian/", sign_up.guardian, name="guardian"),
    path("<int:year>/register/about-participants/", sign_up.about_participants, name="about_participants"),
    path("<int:year>/register/find/", find.find, name="find"),
    path("registration/", own.page, name="own"),
    path("registration/accept/", own.accept, name="own_accept"),
    path("registration/cancel/", own.cancel, name="own_cancel"),
    path("registration/data.json", own.download, name="own_data"),
    path("registration/erase/", own.erase, name="own_erase"),
    path("registration/<str:token>/", own.link, name="own_link"),
]
