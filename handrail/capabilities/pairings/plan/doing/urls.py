from django.urls import path

from handrail.capabilities.pairings.plan.doing import views

urlpatterns = [
    path("", views.plan_step, name="plan_step"),
    path("done/", views.plan_step_done, name="plan_step_done"),
    path("again/", views.plan_step_undo, name="plan_step_undo"),
    path("not-for-me/", views.plan_step_skip, name="plan_step_skip"),
    path("later/", views.plan_step_later, name="plan_step_later"),
    path("change/", views.plan_step_change, name="plan_step_change"),
    path("take-out/", views.plan_step_take_out, name="plan_step_take_out"),
]
