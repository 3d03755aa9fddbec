from django.apps import AppConfig


class PreparationConfig(AppConfig):
    name = "handrail.capabilities.schemes.preparation"
    label = "preparation"
