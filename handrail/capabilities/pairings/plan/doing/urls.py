from django.urls import path

from handrail.capabilities.pairings.plan.doing import views

urlpatterns = [
    path("", views.plan_step, name="plan_step"),
    path("later/", views.plan_step_later, name="plan_step_later"),
    path("change/", views.plan_step_change, name="plan_step_change"),
]
