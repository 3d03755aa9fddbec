from django.apps import AppConfig


class HandoverConfig(AppConfig):
    name = "handrail.capabilities.schemes.handover"
    label = "handover"
