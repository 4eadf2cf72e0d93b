from django.urls import path

from registration.views import metrics, ready

urlpatterns = [path("readyz", ready.ready, name="ready"), path("metrics", metrics.metrics, name="metrics")]
