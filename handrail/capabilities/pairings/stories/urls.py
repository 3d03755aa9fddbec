from django.urls import path

from handrail.capabilities.pairings.stories import views

urlpatterns = [
    path("", views.stories, name="stories"),
    path("own/", views.story, name="story"),
    path("own/take-back/", views.story_take_back, name="story_take_back"),
]
