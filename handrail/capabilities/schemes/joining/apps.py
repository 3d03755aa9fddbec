from django.apps import AppConfig


class JoiningConfig(AppConfig):
    name = "handrail.capabilities.schemes.joining"
    label = "joining"
