from django.urls import path

from handrail.capabilities.schemes.preparation import views

urlpatterns = [
    path("prepare/", views.preparation, name="preparation"),
    path("prepare/<slug:part_id>/", views.preparation_part, name="preparation_part"),
    path("circle/", views.mentors_circle, name="mentors_circle"),
    path("circle/<int:post_id>/<slug:does>/", views.craft_post, name="craft_post"),
]
