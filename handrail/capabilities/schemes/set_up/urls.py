from django.urls import path

from handrail.capabilities.schemes.set_up import views

urlpatterns = [
    path("<int:scheme_id>/", views.scheme_set_up, name="scheme_set_up"),
    path("<int:scheme_id>/step/<slug:scheme_step>/", views.scheme_step, name="scheme_step"),
    path("<int:scheme_id>/outcomes/", views.scheme_outcome_add, name="scheme_outcome_add"),
    path("<int:scheme_id>/outcomes/<int:outcome_id>/", views.scheme_outcome, name="scheme_outcome"),
    path(
        "<int:scheme_id>/outcomes/<int:outcome_id>/settle/", views.scheme_outcome_settle, name="scheme_outcome_settle"
    ),
    path("<int:scheme_id>/next/", views.scheme_next, name="scheme_next"),
    path("<int:scheme_id>/start/", views.scheme_start, name="scheme_start"),
]
