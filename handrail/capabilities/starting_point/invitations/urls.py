from django.urls import path

from handrail.capabilities.starting_point.invitations import views

urlpatterns = [
    path("invitations/", views.invitations, name="invitations"),
    path("invitations/people/", views.invitation_people, name="invitation_people"),
    path("invitations/write/", views.invitation_write, name="invitation_write"),
    path("invitations/<int:invitation_id>/", views.invitation, name="invitation"),
    path("invitations/<int:invitation_id>/letter/", views.invitation_letter, name="invitation_letter"),
]
