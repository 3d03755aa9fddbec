from django.urls import path

from handrail.capabilities.impact.own import views

urlpatterns = [
    path("", views.own_impact, name="own_impact"),
    path("progress/", views.own_impact_progress, name="own_impact_progress"),
    path("ask/", views.own_impact_ask_for, name="own_impact_ask_for"),
    path("stop/", views.own_impact_stop, name="own_impact_stop"),
    path("of/<str:measure>/", views.own_impact_of, name="own_impact_of"),
]
