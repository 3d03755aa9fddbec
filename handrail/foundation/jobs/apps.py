from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "handrail.foundation.jobs"
    label = "jobs"
