from django.urls import path

from handrail.capabilities.pairings.going_on import views

urlpatterns = [
    path("how/", views.pairing_how, name="pairing_how"),
    path("another/", views.pairing_another, name="pairing_another"),
    path("next/", views.pairing_next, name="pairing_next"),
    path("ask-about-change/", views.pairing_propose_change, name="pairing_propose_change"),
]
