from django.urls import path

from handrail.capabilities.installation import views
from handrail.capabilities.installation.trail.views import audit_trail

urlpatterns = [
    path("", views.installation, name="installation"),
    path("post-box/", views.post_box, name="post_box"),
    path("post-box/<int:message_id>/", views.post_box_message, name="post_box_message"),
    path("post-box/<int:message_id>/send-again/", views.post_box_send_again, name="post_box_send_again"),
    path("messages/", views.organisation_messages, name="organisation_messages"),
    path("messages/<int:message_id>/", views.organisation_message, name="organisation_message"),
    path(
        "messages/<int:message_id>/send-again/",
        views.organisation_message_send_again,
        name="organisation_message_send_again",
    ),
    path("messages/word/<int:account_id>/", views.organisation_word, name="organisation_word"),
    path("audit-trail/", audit_trail, name="audit_trail"),
    path("demo/post-box/", views.demo_post_box, name="demo_post_box"),
    path("demo/post-box/<int:message_id>/", views.demo_post_box_message, name="demo_post_box_message"),
]
