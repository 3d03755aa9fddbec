from django.urls import path

from handrail.capabilities.people.custody import views

urlpatterns = [
    path("", views.custody, name="custody"),
    path("name/<int:person_id>/", views.custodian_name, name="custodian_name"),
    path("take-off/<int:person_id>/", views.custodian_take_off, name="custodian_take_off"),
    path("on/", views.custody_turn_on, name="custody_turn_on"),
    path("off/", views.custody_turn_off, name="custody_turn_off"),
    path("mine/", views.custody_mine, name="custody_mine"),
    path("mine/stop/", views.custody_stop, name="custody_stop"),
    path("recovery/", views.custody_recovery, name="custody_recovery"),
    path("recovery/refuse/", views.custody_refuse, name="custody_refuse"),
    path("requests/", views.custody_requests, name="custody_requests"),
    path("requests/<uuid:request_id>/", views.custody_help, name="custody_help"),
]
