from django.apps import AppConfig


class StoriesConfig(AppConfig):
    name = "handrail.capabilities.pairings.stories"
    label = "stories"
