from django.urls import path

from handrail.capabilities.starting_point.decisions import views

urlpatterns = [
    path("", views.decisions, name="decisions"),
    path("<uuid:decision_id>/", views.decision, name="decision"),
    path("<uuid:decision_id>/touches/", views.decision_touches, name="decision_touches"),
    path("<uuid:decision_id>/swap/", views.decision_swap, name="decision_swap"),
    path("<uuid:decision_id>/day/", views.decision_day, name="decision_day"),
    path("<uuid:decision_id>/calendar/", views.decision_calendar, name="decision_calendar"),
    path("<uuid:decision_id>/outcome/", views.decision_outcome, name="decision_outcome"),
    path("<uuid:decision_id>/forget-text/", views.decision_paper_forget, name="decision_paper_forget"),
    path("<uuid:decision_id>/delete/", views.decision_delete, name="decision_delete"),
]
