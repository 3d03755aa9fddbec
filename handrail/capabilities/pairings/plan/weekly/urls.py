from django.urls import path

from handrail.capabilities.pairings.plan.weekly import views

urlpatterns = [
    path("note/", views.plan_note, name="plan_note"),
    path("note/hour/", views.plan_note_hour, name="plan_note_hour"),
    path("note/stop/", views.plan_note_stop, name="plan_note_stop"),
    path("note/end/<str:token>/", views.weekly_note_end, name="weekly_note_end"),
    path("pause/", views.plan_pause, name="plan_pause"),
    path("come-back/", views.plan_come_back, name="plan_come_back"),
]
