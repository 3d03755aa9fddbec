from django.urls import path

from handrail.capabilities.accounts.safekeeping import views

urlpatterns = [
    path("", views.safe_devices, name="safe_devices"),
    path("close/", views.safe_close, name="safe_close"),
    path("open/", views.safe_open, name="safe_open"),
    path("keep/", views.safe_keep, name="safe_keep"),
    path("phrase/", views.safe_phrase, name="safe_phrase"),
    path("recovery-code/", views.safe_recovery, name="safe_recovery"),
    path("devices/<uuid:device_id>/end/", views.safe_device_end, name="safe_device_end"),
    path("passkey/", views.safe_passkey, name="safe_passkey"),
    path("lost/", views.safe_lost, name="safe_lost"),
    path("kept/", views.safe_carried, name="safe_carried"),
]
