from django.apps import AppConfig


class InstallationConfig(AppConfig):
    name = "handrail.capabilities.installation"
    label = "installation"
