from django.urls import path

from handrail.capabilities.schemes import views

urlpatterns = [
    path("", views.scheme, name="scheme"),
    path("all/", views.schemes, name="schemes"),
    path("all/<int:scheme_id>/", views.scheme_spans, name="scheme_spans"),
]
