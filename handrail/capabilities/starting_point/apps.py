from django.apps import AppConfig


class StartingPointConfig(AppConfig):
    name = "handrail.capabilities.starting_point"
    label = "starting_point"
