"""Every address. Each capability keeps its own; nothing is public by accident: a view without a guard is refused."""

from django.urls import include, path

from handrail.capabilities.accounts.views import letter_sign_in
from handrail.capabilities.starting_point.invitations.views import start

urlpatterns = [
    path("", include("handrail.capabilities.home.urls")),
    path("account/", include("handrail.capabilities.accounts.urls")),
    path("letter/", letter_sign_in, name="letter_sign_in"),
    path("people/", include("handrail.capabilities.people.urls")),
    path("schemes/", include("handrail.capabilities.schemes.urls")),
    path("starting-point/", include("handrail.capabilities.starting_point.urls")),
    path("walk-throughs/", include("handrail.capabilities.starting_point.walkthroughs.urls")),
    path("decisions/", include("handrail.capabilities.starting_point.decisions.urls")),
    path("essentials/", include("handrail.capabilities.essentials.urls")),
    path("start/", start, name="start"),
    path("pairings/", include("handrail.capabilities.pairings.urls")),
    path("pairings/<int:pairing_id>/seen-together/", include("handrail.capabilities.pairings.plan.seen.urls")),
    path("plan/", include("handrail.capabilities.pairings.plan.urls")),
    path("conversations/", include("handrail.capabilities.participation.urls")),
    path("impact/", include("handrail.capabilities.impact.urls")),
    path("sign-in/", include("handrail.config.sign_in_urls")),
    path("demo/", include("handrail.demo.urls")),
    path("design/", include("handrail.design.urls")),
    path("installation/", include("handrail.capabilities.installation.urls")),
]
handler400 = "handrail.capabilities.home.views.bad_request"
handler403 = "handrail.capabilities.home.views.forbidden"
handler404 = "handrail.capabilities.home.views.not_found"
handler500 = "handrail.capabilities.home.views.server_error"
