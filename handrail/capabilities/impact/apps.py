from django.apps import AppConfig


class ImpactConfig(AppConfig):
    name = "handrail.capabilities.impact"
    label = "impact"
