from django.urls import path

from handrail.capabilities.pairings.closing import views

urlpatterns = [
    path("closing/", views.closing, name="closing"),
    path("closing/next/", views.closing_next, name="closing_next"),
    path("closing/<slug:question>/", views.closing_question, name="closing_question"),
    path("closing/<slug:question>/readable/", views.closing_readable, name="closing_readable"),
]
