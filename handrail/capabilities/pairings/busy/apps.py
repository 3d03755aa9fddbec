from django.apps import AppConfig


class BusyConfig(AppConfig):
    name = "handrail.capabilities.pairings.busy"
    label = "busy"
