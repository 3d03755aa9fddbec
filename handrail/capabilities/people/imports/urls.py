from django.urls import path

from handrail.capabilities.people.imports import views

urlpatterns = [
    path("", views.people_import, name="people_import"),
    path("example/", views.people_import_example, name="people_import_example"),
    path("<int:import_id>/", views.people_import_preview, name="people_import_preview"),
    path("<int:import_id>/progress/", views.people_import_progress, name="people_import_progress"),
    path("<int:import_id>/rows/<slug:kind>/", views.people_import_rows, name="people_import_rows"),
    path("<int:import_id>/same/", views.people_import_questions, name="people_import_questions"),
    path("<int:import_id>/missing/", views.people_import_leavers, name="people_import_leavers"),
    path("<int:import_id>/load/", views.people_import_load, name="people_import_load"),
    path("<int:import_id>/put-aside/", views.people_import_cancel, name="people_import_cancel"),
]
