from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "handrail.capabilities.home"
    label = "home"
