from django.urls import path

from registration.views import ready

urlpatterns = [path("readyz", ready.ready, name="ready")]
