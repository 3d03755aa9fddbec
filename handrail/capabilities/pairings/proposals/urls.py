from django.urls import path

from handrail.capabilities.pairings.choosing import views as choosing
from handrail.capabilities.pairings.more_rules import views as more_rules
from handrail.capabilities.pairings.proposals import views

urlpatterns = [
    path("", views.matching, name="matching"),
    path("more/", more_rules.matching_more, name="matching_more"),
    path("more/numbers/", more_rules.matching_numbers, name="matching_numbers"),
    path("more/care/", more_rules.matching_care, name="matching_care"),
    path("more/two/", more_rules.matching_two, name="matching_two"),
    path("<int:run_id>/", views.matching_run, name="matching_run"),
    path("<int:run_id>/progress/", views.matching_run_progress, name="matching_run_progress"),
    path("<int:run_id>/cancel/", views.matching_run_cancel, name="matching_run_cancel"),
    path("<int:run_id>/leaders/<int:leader_id>/", views.matching_pair, name="matching_pair"),
    path("<int:run_id>/leaders/<int:leader_id>/<int:mentor_id>/", views.matching_why, name="matching_why"),
    path("<int:run_id>/change/", views.matching_change, name="matching_change"),
    path("<int:run_id>/undo/", views.matching_undo, name="matching_undo"),
    path("<int:run_id>/without/", views.matching_without, name="matching_without"),
    path("<int:choosing_id>/choosing/", choosing.matching_choosing, name="matching_choosing"),
    path("<int:run_id>/compare/", views.matching_compare, name="matching_compare"),
    path("<int:run_id>/compare/<int:other_id>/", views.matching_compared, name="matching_compared"),
    path("<int:run_id>/hand-over/", views.matching_hand_over, name="matching_hand_over"),
    path("<int:run_id>/checked/", views.matching_checked, name="matching_checked"),
    path("<int:run_id>/print/", views.matching_print, name="matching_print"),
    path("<int:run_id>/ask/", views.matching_ask, name="matching_ask"),
    path("<int:run_id>/let-choose/", views.matching_let_choose, name="matching_let_choose"),
    path("choose/<int:choice_id>/", choosing.mentor_choice, name="mentor_choice"),
]
