from django.apps import AppConfig


class EssentialsConfig(AppConfig):
    name = "handrail.capabilities.essentials"
    label = "essentials"
