from django.urls import include, path

urlpatterns = [
    path("", include("handrail.capabilities.participation.own.urls")),
    path("exports/", include("handrail.capabilities.participation.exports.urls")),
]
