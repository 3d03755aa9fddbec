from django.urls import include, path

from handrail.capabilities.schemes import views

urlpatterns = [
    path("", views.scheme, name="scheme"),
    path("sign-up/", include("handrail.capabilities.schemes.sign_up.urls")),
    path("", include("handrail.capabilities.schemes.set_up.urls")),
    path("", include("handrail.capabilities.schemes.preparation.urls")),
    path("kit/", include("handrail.capabilities.schemes.kit.urls")),
    path("hand-over/", include("handrail.capabilities.schemes.handover.urls")),
    path("<int:scheme_id>/ended/", views.scheme_ended, name="scheme_ended"),
    path("all/", views.schemes, name="schemes"),
    path("all/<int:scheme_id>/", views.scheme_spans, name="scheme_spans"),
]
