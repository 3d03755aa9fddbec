from django.urls import path

from handrail.capabilities.essentials import views

urlpatterns = [
    path("", views.essentials, name="essentials"),
    path("<slug:essential>/", views.essential, name="essential"),
]
