from django.urls import path

from handrail.capabilities.impact.events import views

urlpatterns = [
    path("", views.known_events, name="known_events"),
    path("new/", views.known_event_new, name="known_event_new"),
    path("<int:known_event_id>/", views.known_event, name="known_event"),
]
