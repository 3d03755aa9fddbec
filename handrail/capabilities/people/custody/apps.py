from django.apps import AppConfig


class CustodyConfig(AppConfig):
    name = "handrail.capabilities.people.custody"
    label = "custody"
