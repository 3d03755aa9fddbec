from django.urls import path

from handrail.capabilities.pairings.plan.seen import views

urlpatterns = [
    path("", views.seen_together, name="seen_together"),
    path("take-back/", views.seen_together_take_back, name="seen_together_take_back"),
]
