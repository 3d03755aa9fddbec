from django.apps import AppConfig


class DesignConfig(AppConfig):
    name = "handrail.design"
    label = "design"
