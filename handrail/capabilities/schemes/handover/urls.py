from django.urls import path

from handrail.capabilities.schemes.handover import views

urlpatterns = [
    path("", views.handover, name="handover"),
    path("<int:person_id>/", views.handover_to, name="handover_to"),
    path("covers/<int:cover_id>/end/", views.cover_end, name="cover_end"),
]
