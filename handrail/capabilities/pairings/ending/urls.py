from django.urls import path

from handrail.capabilities.pairings.ending import views

urlpatterns = [
    path("<int:scheme_id>/", views.scheme_end, name="scheme_end"),
    path("<int:scheme_id>/step/<slug:end_step>/", views.scheme_end_step, name="scheme_end_step"),
    path("<int:scheme_id>/decide/", views.scheme_end_decide, name="scheme_end_decide"),
    path("<int:scheme_id>/take-back/", views.scheme_end_take_back, name="scheme_end_take_back"),
]
