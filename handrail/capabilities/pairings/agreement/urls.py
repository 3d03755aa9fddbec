from django.urls import path

from handrail.capabilities.pairings.agreement import views

GOAL, AGENDA = {"kind": "goal"}, {"kind": "agenda"}

urlpatterns = [
    path("agreement/", views.agreement, name="agreement"),
    path("agreement/terms/<slug:question>/", views.agreement_term, name="agreement_term"),
    path("agreement/reach/", views.agreement_reach, name="agreement_reach"),
    path("goals/", views.agreement_goals, name="agreement_goals"),
    path("goals/<uuid:line_id>/away/", views.agreement_line_away, GOAL, name="agreement_goal_away"),
    path("agenda/", views.agreement_agenda, name="agreement_agenda"),
    path("agenda/<uuid:line_id>/away/", views.agreement_line_away, AGENDA, name="agreement_agenda_away"),
]
