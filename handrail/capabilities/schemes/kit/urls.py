from django.urls import path

from handrail.capabilities.schemes.kit import views

urlpatterns = [
    path("", views.kit, name="kit"),
    path("<slug:name>/", views.kit_piece, name="kit_piece"),
    path("<slug:name>/markdown/", views.kit_download, name="kit_download"),
]
