from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "handrail.capabilities.people.imports"
    label = "imports"
