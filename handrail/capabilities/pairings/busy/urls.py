from django.urls import path

from handrail.capabilities.pairings.busy import views

urlpatterns = [
    path("calendar/busy/", views.calendar_busy, name="calendar_busy"),
    path("calendar/busy/end/", views.calendar_busy_end, name="calendar_busy_end"),
]
