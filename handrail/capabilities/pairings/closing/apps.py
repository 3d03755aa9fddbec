from django.apps import AppConfig


class ClosingConfig(AppConfig):
    name = "handrail.capabilities.pairings.closing"
    label = "closing"
