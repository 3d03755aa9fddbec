from django.urls import path

from handrail.capabilities.pairings.plan.together import views

urlpatterns = [
    path("share/", views.plan_share, name="plan_share"),
    path("take-back/", views.plan_take_back, name="plan_take_back"),
]
