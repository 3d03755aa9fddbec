from django.apps import AppConfig


class SchemesConfig(AppConfig):
    name = "handrail.capabilities.schemes"
    label = "schemes"
