from django.apps import AppConfig


class MatchingRunsConfig(AppConfig):
    name = "handrail.capabilities.schemes.matching_runs"
    label = "matching_runs"
