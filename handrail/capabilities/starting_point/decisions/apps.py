from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "handrail.capabilities.starting_point.decisions"
    label = "decisions"
