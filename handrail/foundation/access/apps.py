from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "handrail.foundation.access"
    label = "access"
