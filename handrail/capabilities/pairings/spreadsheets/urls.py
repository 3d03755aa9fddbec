from django.urls import path

from handrail.capabilities.pairings.spreadsheets import views

urlpatterns = [
    path("", views.pairs_files, name="pairs_files"),
    path("out/csv/", views.pairs_out, {"kind": "csv"}, name="pairs_out_csv"),
    path("out/xlsx/", views.pairs_out, {"kind": "xlsx"}, name="pairs_out_xlsx"),
    path("<int:file_id>/", views.pairs_file, name="pairs_file"),
    path("<int:file_id>/columns/", views.pairs_file_columns, name="pairs_file_columns"),
    path("<int:file_id>/people/", views.pairs_file_people, name="pairs_file_people"),
    path("<int:file_id>/load/", views.pairs_file_load, name="pairs_file_load"),
    path("<int:file_id>/put-aside/", views.pairs_file_put_aside, name="pairs_file_put_aside"),
]
