from django.urls import path

from handrail.capabilities.pairings.sessions import views
from handrail.capabilities.pairings.sessions.rules import State

HELD, MISSED = {"state": State.HELD}, {"state": State.MISSED}

urlpatterns = [
    path("arranging/", views.arranging, name="arranging"),
    path("<int:pairing_id>/times/", views.session_times, name="session_times"),
    path("<int:pairing_id>/times/offer/", views.session_offer, name="session_offer"),
    path("<int:pairing_id>/times/withdraw/", views.session_offer_withdraw, name="session_offer_withdraw"),
    path("<int:pairing_id>/times/choose/", views.session_choose, name="session_choose"),
    path("sessions/<int:session_id>/", views.session, name="session"),
    path("sessions/<int:session_id>/entry.ics", views.session_entry, name="session_entry"),
    path("sessions/<int:session_id>/move/", views.session_move, name="session_move"),
    path("sessions/<int:session_id>/place/", views.session_place, name="session_place"),
    path("sessions/<int:session_id>/cancel/", views.session_cancel, name="session_cancel"),
    path("sessions/<int:session_id>/held/", views.session_settle, HELD, name="session_held"),
    path("sessions/<int:session_id>/missed/", views.session_settle, MISSED, name="session_missed"),
]
