from django.urls import include, path

urlpatterns = [
    path("", include("handrail.capabilities.impact.own.urls")),
]
