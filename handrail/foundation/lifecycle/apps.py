from django.apps import AppConfig


class LifecycleConfig(AppConfig):
    name = "handrail.foundation.lifecycle"
    label = "lifecycle"
