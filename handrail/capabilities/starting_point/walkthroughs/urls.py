from django.urls import path

from handrail.capabilities.starting_point.walkthroughs import sharing_views, views, walking_views

urlpatterns = [
    path("", views.walkthroughs, name="walkthroughs"),
    path("delete/", views.walkthroughs_delete, name="walkthroughs_delete"),
    path("happened/", views.walkthroughs_happened, name="walkthroughs_happened"),
    path("share/", sharing_views.walkthroughs_share, name="walkthroughs_share"),
    path("share/wish/", sharing_views.walkthroughs_wish_drop, name="walkthroughs_wish_drop"),
    path("share/<int:conversation_id>/", sharing_views.walkthroughs_share_with, name="walkthroughs_share_with"),
    path(
        "share/<int:conversation_id>/take-back/",
        sharing_views.walkthroughs_take_back,
        name="walkthroughs_take_back",
    ),
    path("<slug:walkthrough>/", views.walkthrough, name="walkthrough"),
    path("<slug:walkthrough>/networks/", views.walkthrough_networks, name="walkthrough_networks"),
    path("<slug:walkthrough>/print/", views.walkthrough_print, name="walkthrough_print"),
    path("<slug:walkthrough>/pass-on/", views.walkthrough_pass_on, name="walkthrough_pass_on"),
    path("<slug:walkthrough>/do/<slug:item>/", walking_views.walkthrough_item, name="walkthrough_item"),
]
