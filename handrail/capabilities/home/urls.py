from django.urls import path

from handrail.capabilities.home import views

urlpatterns = [
    path("", views.home, name="home"),
]
