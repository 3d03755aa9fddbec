from django.urls import path

from handrail.capabilities.participation.own import views

urlpatterns = [
    path("", views.conversations, name="conversations"),
    path("progress/", views.conversations_progress, name="conversations_progress"),
    path("ask/", views.conversations_ask_for, name="conversations_ask_for"),
    path("stop/", views.conversations_stop, name="conversations_stop"),
    path("show/<int:pairing_id>/", views.conversations_share, name="conversations_share"),
    path("show/<int:pairing_id>/take-back/", views.conversations_take_back, name="conversations_take_back"),
    path("shown/<int:pairing_id>/", views.conversations_shown, name="conversations_shown"),
]
