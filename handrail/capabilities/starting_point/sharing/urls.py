from django.urls import path

from handrail.capabilities.starting_point.sharing import views

urlpatterns = [
    path("share/", views.starting_point_share, name="starting_point_share"),
    path("share/wish/", views.starting_point_wish_drop, name="starting_point_wish_drop"),
    path("share/<int:conversation_id>/", views.starting_point_share_with, name="starting_point_share_with"),
    path("share/<int:conversation_id>/take-back/", views.starting_point_take_back, name="starting_point_take_back"),
    path("words/", views.starting_point_words, name="starting_point_words"),
    path("words/remove/", views.starting_point_word_remove, name="starting_point_word_remove"),
]
