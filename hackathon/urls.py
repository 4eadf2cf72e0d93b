from django.urls import URLPattern

app_name = "hackathon"
urlpatterns: list[URLPattern] = []
