from django.urls import path

from handrail.capabilities.impact.groups import views

urlpatterns = [
    path("waves/", views.effects_waves, name="effects_waves"),
    path("waves/<int:wave_id>/", views.effects, name="effects"),
    path("waves/<int:wave_id>/progress/", views.effects_progress, name="effects_progress"),
    path("waves/<int:wave_id>/release/", views.effects_release, name="effects_release"),
    path("waves/<int:wave_id>/file/<str:file_kind>/", views.effects_file, name="effects_file"),
    path("released/", views.effects_released_list, name="effects_released_list"),
    path("released/<int:wave_id>/", views.effects_released, name="effects_released"),
    path("released/<int:wave_id>/file/<str:file_kind>/", views.effects_released_file, name="effects_released_file"),
]
