from django.urls import path

from handrail.capabilities.pairings.notes import views

urlpatterns = [
    path("", views.pairing_notes, name="pairing_notes"),
    path("own/", views.pairing_own_notes, name="pairing_own_notes"),
    path("share-again/", views.pairing_notes_share_again, name="pairing_notes_share_again"),
    path("<uuid:note_id>/", views.pairing_note, name="pairing_note"),
    path("<uuid:note_id>/delete/", views.pairing_note_delete, name="pairing_note_delete"),
]
