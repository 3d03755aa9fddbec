from django.apps import AppConfig


class EndingConfig(AppConfig):
    name = "handrail.capabilities.schemes.ending"
    label = "ending"
