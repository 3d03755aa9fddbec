from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "handrail.capabilities.pairings.plan"
    label = "plan"
