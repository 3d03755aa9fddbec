from django.urls import include, path

urlpatterns = [
    path("", include("handrail.capabilities.impact.own.urls")),
    path("plans/", include("handrail.capabilities.impact.plans.urls")),
    path("events/", include("handrail.capabilities.impact.events.urls")),
    path("groups/", include("handrail.capabilities.impact.groups.urls")),
]
