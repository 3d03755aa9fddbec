from django.urls import path

from handrail.capabilities.starting_point.conversation import views

urlpatterns = [
    path("", views.starting_point, name="starting_point"),
    path("who-can-read-what/", views.starting_point_consent, name="starting_point_consent"),
    path("go-on/", views.starting_point_go_on, name="starting_point_go_on"),
    path("question/<slug:question>/", views.starting_point_question, name="starting_point_question"),
    path("answers/", views.starting_point_answers, name="starting_point_answers"),
    path("what-would-help/", views.starting_point_result, name="starting_point_result"),
    path("enough/", views.starting_point_rest, name="starting_point_rest"),
    path("delete/", views.starting_point_delete, name="starting_point_delete"),
]
