from django.apps import AppConfig


class PairingsConfig(AppConfig):
    name = "handrail.capabilities.pairings"
    label = "pairings"
