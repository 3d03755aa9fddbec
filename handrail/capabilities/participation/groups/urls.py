from django.urls import path

from handrail.capabilities.participation.groups import views

urlpatterns = [
    path("waves/", views.waves, name="waves"),
    path("waves/new/", views.wave_new, name="wave_new"),
    path("waves/<int:wave_id>/", views.wave, name="wave"),
    path("waves/<int:wave_id>/close/", views.wave_close, name="wave_close"),
    path("released/", views.releases, name="releases"),
    path("released/<int:wave_id>/", views.release, name="release"),
    path("team/", views.team_conversations, name="team_conversations"),
]
