from django.urls import path

from handrail.capabilities.participation.exports import views

urlpatterns = [
    path("", views.exports_choose, name="exports_choose"),
    path("<int:organisation_id>/", views.exports, name="exports"),
    path("<int:organisation_id>/people/", views.exports_people, name="exports_people"),
    path("<int:organisation_id>/delete/", views.exports_delete, name="exports_delete"),
    path("loads/<int:load_id>/", views.export, name="export"),
    path("loads/<int:load_id>/progress/", views.export_progress, name="export_progress"),
    path("loads/<int:load_id>/stop/", views.export_stop, name="export_stop"),
    path("loads/<int:load_id>/go-on/", views.export_go_on, name="export_go_on"),
    path("loads/<int:load_id>/put-aside/", views.export_put_aside, name="export_put_aside"),
]
