from django.apps import AppConfig


class SetUpConfig(AppConfig):
    name = "handrail.capabilities.schemes.set_up"
    label = "set_up"
