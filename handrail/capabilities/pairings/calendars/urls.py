from django.urls import path

from handrail.capabilities.pairings.calendars import views

urlpatterns = [
    path("calendar/", views.calendar_settings, name="calendar_settings"),
    path("calendar/feed/", views.calendar_feed_make, name="calendar_feed_make"),
    path("calendar/feed/made/", views.calendar_feed_made, name="calendar_feed_made"),
    path("calendar/feed/revoke/", views.calendar_feed_revoke, name="calendar_feed_revoke"),
    path("calendar/<str:token>.ics", views.calendar_feed, name="calendar_feed"),
]
