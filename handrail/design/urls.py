from django.urls import path

from handrail.design import views

urlpatterns = [
    path("", views.gallery, name="gallery"),
    path("everything/", views.gallery_everything, name="gallery_everything"),
    path("progress/now/", views.gallery_progress, name="gallery_progress"),
    path("layouts/<slug:name>/", views.gallery_layout, name="gallery_layout"),
    path("<slug:name>/", views.gallery_component, name="gallery_component"),
]
