from django.urls import include, path

from handrail.capabilities.pairings import views
from handrail.capabilities.pairings.answering.views import pairing_answer
from handrail.capabilities.pairings.busy.urls import urlpatterns as busy_urls
from handrail.capabilities.pairings.calendars.urls import urlpatterns as calendar_urls
from handrail.capabilities.pairings.letters import views as letter_views
from handrail.capabilities.pairings.rules import State
from handrail.capabilities.pairings.sessions.urls import urlpatterns as session_urls
from handrail.capabilities.pairings.standing import views as standing_views

urlpatterns = [
    path("", views.pairings, name="pairings"),
    path("new/", views.pairing_new, name="pairing_new"),
    path("new/with/<int:mentor_id>/", views.pairing_new_leader, name="pairing_new_leader"),
    path("new/<int:leader_id>/", views.pairing_new_mentor, name="pairing_new_mentor"),
    path("new/<int:leader_id>/<int:mentor_id>/", views.pairing_ask, name="pairing_ask"),
    path("new/<int:leader_id>/<int:mentor_id>/propose/", views.pairing_propose, name="pairing_propose"),
    path("letters/", letter_views.pairing_letters, name="pairing_letters"),
    path("who/", standing_views.standing, name="standing"),
    path("stories/", include("handrail.capabilities.pairings.stories.urls")),
    path("ending/", include("handrail.capabilities.pairings.ending.urls")),
    path("lists/", include("handrail.capabilities.pairings.spreadsheets.urls")),
    path("matching/", include("handrail.capabilities.pairings.proposals.urls")),
    path("<int:pairing_id>/", views.pairing, name="pairing"),
    path("<int:pairing_id>/put-aside/", views.pairing_put_aside, name="pairing_put_aside"),
    path("<int:pairing_id>/overview/", views.pairing_overview, name="pairing_overview"),
    path("<int:pairing_id>/letter/leader/", views.pairing_letter, {"side": "leader"}, name="pairing_letter_leader"),
    path("<int:pairing_id>/letter/mentor/", views.pairing_letter, {"side": "mentor"}, name="pairing_letter_mentor"),
    path("<int:pairing_id>/withdraw/", views.pairing_withdraw, name="pairing_withdraw"),
    path("<int:pairing_id>/answer/", pairing_answer, name="pairing_answer"),
    path("<int:pairing_id>/pause/", views.pairing_change, {"state": State.PAUSED}, name="pairing_pause"),
    path("<int:pairing_id>/go-on/", views.pairing_change, {"state": State.AGREED}, name="pairing_go_on"),
    path("<int:pairing_id>/notes/", include("handrail.capabilities.pairings.notes.urls")),
    path("<int:pairing_id>/", include("handrail.capabilities.pairings.agreement.urls")),
    path("<int:pairing_id>/", include("handrail.capabilities.pairings.closing.urls")),
    path("<int:pairing_id>/", include("handrail.capabilities.pairings.going_on.urls")),
    path("", include("handrail.capabilities.pairings.safeguarding.urls")),
    path("<int:pairing_id>/walk-throughs/", views.pairing_walkthroughs, name="pairing_walkthroughs"),
    path("<int:pairing_id>/starting-point/", views.pairing_starting_point, name="pairing_starting_point"),
    path("<int:pairing_id>/first-session/", views.first_session, name="first_session"),
    path("<int:pairing_id>/guides/", views.session_guides, name="session_guides"),
    path("<int:pairing_id>/guides/<slug:essential>/", views.session_guide, name="session_guide"),
    path("<int:pairing_id>/end/", views.pairing_change, {"state": State.ENDED}, name="pairing_end"),
    *session_urls,
    *busy_urls,
    *calendar_urls,
]
