from django.urls import path

from handrail.capabilities.starting_point.invitations import views

urlpatterns = [
    path("invitations/", views.invitations, name="invitations"),
    path("invitations/people/", views.invitation_people, name="invitation_people"),
    path("invitations/people/mentors/", views.invitation_people, {"side": "mentor"}, name="invitation_mentors"),
    path("invitations/letters/", views.invitation_letters, name="invitation_letters"),
    path("invitations/remind/", views.invitation_remind, name="invitation_remind"),
    path("not-for-me/<slug:side>/", views.not_for_me, name="not_for_me"),
    path("invitations/write/", views.invitation_write, name="invitation_write"),
    path("invitations/<int:invitation_id>/", views.invitation, name="invitation"),
    path("invitations/<int:invitation_id>/letter/", views.invitation_letter, name="invitation_letter"),
]
