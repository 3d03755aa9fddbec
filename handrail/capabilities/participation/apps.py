from django.apps import AppConfig


class ParticipationConfig(AppConfig):
    name = "handrail.capabilities.participation"
    label = "participation"
