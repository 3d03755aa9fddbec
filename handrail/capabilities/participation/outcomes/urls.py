from django.urls import path

from handrail.capabilities.participation.outcomes import views

urlpatterns = [
    path("outcomes/", views.concerns, name="concerns"),
    path("outcomes/<int:outcome_id>/", views.concern, name="concern"),
]
