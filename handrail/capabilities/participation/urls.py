from django.urls import include, path

urlpatterns = [
    path("", include("handrail.capabilities.participation.own.urls")),
    path("", include("handrail.capabilities.participation.groups.urls")),
    path("", include("handrail.capabilities.participation.outcomes.urls")),
    path("exports/", include("handrail.capabilities.participation.exports.urls")),
]
