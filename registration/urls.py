from django.urls import path

from registration.views import sign_up

app_name = "registration"
urlpatterns = [
    path("register/", sign_up.register, name="register"),
    path("register/thanks/", sign_up.thanks, name="thanks"),
    path("register/about-participants/", sign_up.about_participants, name="about_participants"),
]
